package kontor.analysis.reassembly;

/**
 * What one end of a flow says to the other.
 *
 * @param flow session flow number
 */
public record FlowDirection(int flow, boolean fromOpener) {}
