package kontor.analysis.reassembly;

/**
 * A piece of a message, in the payload of one session event.
 *
 * @param offset of its first byte in that payload
 */
public record Span(long sessionSequence, int offset, int length) {}
