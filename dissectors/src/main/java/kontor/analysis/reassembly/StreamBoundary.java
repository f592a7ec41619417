package kontor.analysis.reassembly;

import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;

/**
 * Where a direction of a TCP flow stood when its session ended, so that the next session goes on at
 * the real boundary between two messages.
 *
 * @param nextOffset position in the stream of the first byte that the session did not have
 * @param boundary position at which the next message begins, or {@link #UNKNOWN}
 * @param head the bytes from {@code boundary} on that the session had, too few to tell the
 *     message's length; else empty
 * @param isGivenUp whether the stream is not searched any more
 */
public record StreamBoundary(
        FlowReference flow,
        boolean fromOpener,
        long nextOffset,
        long boundary,
        Bytes head,
        boolean isGivenUp) {

    /** The boundaries of this direction are lost. */
    public static final long UNKNOWN = -1;

    /** Whether it tells about this direction. */
    public boolean isOf(FlowReference reference, boolean isFromOpener) {
        return flow.equals(reference) && fromOpener == isFromOpener;
    }
}
