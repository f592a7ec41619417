package kontor.gateway.continuity;

import kontor.gateway.continuity.Row.Said;

/** A record of {@code kontor.packets} and where it stands. */
public record Packet(long offset, String instance, Said said) {}
