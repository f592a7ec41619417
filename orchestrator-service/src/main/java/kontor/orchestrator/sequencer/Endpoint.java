package kontor.orchestrator.sequencer;

import kontor.vocabulary.Bytes;

/**
 * An address and a port, as a game sees them.
 *
 * @param address 4 or 16 bytes, network order; what else an adapter sent is kept and matches nobody
 */
public record Endpoint(Bytes address, int port) {}
