package kontor.analysis.state;

import java.util.Optional;
import java.util.OptionalLong;

/** What a message changed, with the message's place in its session. */
public sealed interface StateChange {

    /** Of the event with which the message became whole. */
    long sequence();

    /** Of the message in that event. */
    int message();

    /**
     * A value is another one than before, or is known for the first time.
     *
     * @param ordinal of the change in its message: 0, 1, 2 ...
     * @param number empty for a text
     * @param display as a person wants to read it
     * @param previous empty where there was no number before
     */
    record Changed(
            StateKey key,
            long sequence,
            int message,
            int ordinal,
            OptionalLong number,
            String display,
            OptionalLong previous)
            implements StateChange {}

    /**
     * A line of chat.
     *
     * @param from place of the writer as the message says it; empty where it does not
     * @param to place of the reader, 0xFF for everybody
     */
    record Said(
            long sequence,
            int message,
            long player,
            String instance,
            Optional<Long> from,
            Optional<Long> to,
            String text)
            implements StateChange {}
}
