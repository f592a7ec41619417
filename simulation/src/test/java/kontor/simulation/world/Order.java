package kontor.simulation.world;

import kontor.adapter.relay.Command;

/** A record of {@code kontor.commands.*}, as the adapter reads it. */
public record Order(Command command) {}
