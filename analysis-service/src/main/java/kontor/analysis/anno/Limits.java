package kontor.analysis.anno;

/**
 * What one flow or message may cost. Beyond, a stream is no longer taken apart but passed on as
 * data, and a message's remaining bytes stay unexplained.
 *
 * @param streamBytes held per direction of a flow while a message is not whole; DirectPlay's
 *     largest message has 1,048,575
 * @param streamParts events that a message may be spread over
 * @param searchBytes skipped in search of a message before the search is given up
 * @param fields of one message
 */
public record Limits(int streamBytes, int streamParts, int searchBytes, int fields) {}
