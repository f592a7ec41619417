package kontor.gateway.sampling;

import kontor.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a session are wanted.
 *
 * @param after session sequence, excluded; null: the newest ones are wanted
 * @param before session sequence, excluded
 * @param most messages that are looked at
 * @param bytes of each message that are read
 */
public record Selection(
        Filter filter,
        @Nullable String protocol,
        @Nullable String type,
        @Nullable String from,
        @Nullable Long after,
        long before,
        int most,
        int bytes) {

    /** The same, of one message type. */
    public Selection of(String wantedProtocol, String wantedType, @Nullable String sender) {
        return new Selection(
                filter, wantedProtocol, wantedType, sender, after, before, most, bytes);
    }

    /** The same, up to an event. */
    public Selection before(long sequence) {
        return new Selection(
                filter, protocol, type, from, after, Math.min(before, sequence), most, bytes);
    }
}
