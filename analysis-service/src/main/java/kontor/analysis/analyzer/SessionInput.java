package kontor.analysis.analyzer;

import kontor.analysis.reassembly.FlowDirection;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;

/**
 * A session event, as far as analysis is concerned. Payloads are what the game itself sent, not
 * what was delivered in its place.
 */
public sealed interface SessionInput {

    /** Session sequence of the event. */
    long sequence();

    /**
     * Bytes of a TCP stream.
     *
     * @param reference of the flow in the lab, for longer than the session; null in recordings
     *     without one
     * @param streamOffset position of the first one in what this end wrote into this flow
     */
    record StreamData(
            long sequence,
            FlowDirection direction,
            @Nullable FlowReference reference,
            Route route,
            long streamOffset,
            Bytes payload)
            implements SessionInput {}

    /** One end will write no more. */
    record StreamEnded(long sequence, FlowDirection direction) implements SessionInput {}

    /** A TCP flow was reset or refused: neither end says any more. */
    record FlowBroken(long sequence, int flow) implements SessionInput {}

    record Datagram(long sequence, int flow, Route route, Bytes payload) implements SessionInput {}

    /** Nothing follows in this session. */
    record SessionEnded(long sequence) implements SessionInput {}

    /** Holds no bytes and changes nothing. */
    record Silent(long sequence) implements SessionInput {}
}
