package kontor.adapter.game;

import kontor.adapter.relay.RelayStatus;

/**
 * The edge's counters at one moment.
 *
 * @param capturedEvents highest adapter sequence given
 */
public record GameStatus(long capturedEvents, long capturedPayloadBytes, RelayStatus relay) {}
