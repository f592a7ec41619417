package kontor.orchestrator.ownership;

import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.CodeAnswer;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;

/**
 * What happens to an {@link Owner}. Answers come once for each effect that asks for one, and in
 * their order; {@link Begin}, {@link StopWanted}, {@link Displaced} and {@link CodeAnswered} come
 * whenever they happen.
 */
public sealed interface OwnerInput {

    /** It may say and write something from now on; before, it folds only. */
    record Begin() implements OwnerInput {}

    record StopWanted() implements OwnerInput {}

    /** A {@link ClaimWatch} has read a higher claim. */
    record Displaced() implements OwnerInput {}

    /**
     * Answers {@link OwnerEffect.ReadCheckpoint}.
     *
     * @param newest null where there is none that can be read
     * @param beginning offset of the oldest record that the log still has
     */
    record CheckpointRead(@Nullable Found newest, long beginning) implements OwnerInput {

        /**
         * @param offset of the last record of the log that is in it
         */
        public record Found(Checkpoint checkpoint, long offset) {}
    }

    /**
     * Answers {@link OwnerEffect.ReadLogAt}.
     *
     * @param record null where the log has none at this offset
     */
    record LogReadAt(@Nullable LogRecord record) implements OwnerInput {}

    /**
     * Answers {@link OwnerEffect.Follow}.
     *
     * @param end offset of the record that would be written next
     */
    record LogEndKnown(long end) implements OwnerInput {}

    /** While the log is followed: its next record. */
    record LogRead(LogRecord record) implements OwnerInput {}

    /** While the log is followed: the next record of the control topic. */
    record ControlHeard(Control control) implements OwnerInput {}

    /**
     * Answers {@link OwnerEffect.PollLog}, behind all that the poll brought.
     *
     * @param position offset of the record of the log that is read next
     */
    record LogPolled(long position) implements OwnerInput {}

    /** Answers {@link OwnerEffect.Append}: the broker has the record. */
    record Appended(long offset) implements OwnerInput {}

    /** Answers {@link OwnerEffect.AwaitAcknowledgements}: the broker has all that was sent. */
    record Acknowledged() implements OwnerInput {}

    /**
     * While relaying: the next adapter event.
     *
     * @param answer what it tells the coordinator of reloads; null: nothing
     */
    record Captured(
            AdapterEvent event,
            InputPosition position,
            kontor.orchestrator.reload.@Nullable Input answer)
            implements OwnerInput {}

    /**
     * While relaying: rules in Java have answered an {@link OwnerEffect.AskCode}, in any order.
     *
     * @param number of what waits
     */
    record CodeAnswered(LabName lab, long number, CodeAnswer answer) implements OwnerInput {}

    /** While relaying: the next record of the control topic that can be read. */
    record ControlRead(Control control) implements OwnerInput {}

    /** Answers {@link OwnerEffect.AwaitClaimsRead}. */
    record ClaimsRead() implements OwnerInput {}

    /**
     * Answers {@link OwnerEffect.PollInput}, behind all that the poll brought.
     *
     * @param empty whether it brought nothing
     */
    record InputPolled(boolean empty) implements OwnerInput {}

    /**
     * Answers {@link OwnerEffect.AskInputEnd}.
     *
     * @param end offset of the adapter event that the broker would take next; -1 where it did not
     *     answer
     * @param position offset of the adapter event that is read next
     */
    record InputEndKnown(long end, long position) implements OwnerInput {

        /** Whether the broker answered, and has no adapter event that was not read. */
        boolean allRead() {
            return end >= 0 && end <= position;
        }
    }

    /** A record of {@code kontor.control}, as far as it means something to an owner. */
    sealed interface Control {

        /** Somebody asks for a session, for its end, or for other rules. */
        record Asked(LabName lab, Input input, InputPosition position) implements Control {}

        /**
         * Something that the coordinator of reloads folds.
         *
         * @param own whether it is the sign of life that this process said last
         */
        record Heard(kontor.orchestrator.reload.Input what, boolean own) implements Control {}

        /** The parent of this process of the same service has seen it end. */
        record Ended(String processId) implements Control {}
    }
}
