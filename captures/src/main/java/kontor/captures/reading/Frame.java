package kontor.captures.reading;

import kontor.vocabulary.Bytes;

/**
 * One frame of a capture.
 *
 * @param number 1, 2, 3 ... in the order of the file, as other programs count them too
 * @param interfaceId index in {@link Capture#interfaces()}
 * @param atNanos since 1970-01-01T00:00Z
 * @param originalLength on the wire; more than {@code data} has where the capture cut it
 */
public record Frame(
        int number,
        int interfaceId,
        LinkType linkType,
        long atNanos,
        Bytes data,
        int originalLength) {}
