package kontor.gateway.sampling;

import java.time.Instant;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A message that is looked at.
 *
 * @param to null where it went to several
 * @param at null while the journal is behind
 * @param length of the whole message
 * @param content its first bytes, as many as were asked for; fewer while the journal is behind
 */
public record SampledMessage(
        long sequence,
        int index,
        String analyzer,
        String protocol,
        String type,
        String from,
        @Nullable String to,
        @Nullable Instant at,
        int length,
        Bytes content) {

    /** Messages that can be compared with each other: of one type, from one instance. */
    public Kind kind() {
        return new Kind(protocol, type, from);
    }

    /** A message type of one sender. */
    public record Kind(String protocol, String type, String from) {}
}
