package kontor.analysis.kaitai;

import java.util.Set;
import kontor.analysis.user.SeenMessage;
import kontor.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a file is for.
 *
 * @param protocol empty for any
 * @param types of messages; empty for all
 * @param action of {@code x642}; null for any
 * @param at the field that the bytes begin with; empty for the first byte of the message
 * @param filter that is true for them; null for none
 */
public record AppliesTo(
        String protocol,
        Set<String> types,
        @Nullable Long action,
        String at,
        @Nullable Filter filter) {

    private static final String ACTION = "x642.action";

    public AppliesTo {
        types = Set.copyOf(types);
    }

    /** Returns whether the file is for a message. */
    public boolean includes(SeenMessage message) {
        int offset = message.offsetOf(ACTION);
        return (protocol.isEmpty() || message.protocol().equals(protocol))
                && (types.isEmpty() || types.contains(message.type()))
                && (action == null || (offset >= 0 && message.u32(offset) == action))
                && (filter == null || MessageScope.has(filter, message));
    }
}
