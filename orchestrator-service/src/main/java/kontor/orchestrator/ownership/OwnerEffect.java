package kontor.orchestrator.ownership;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.sequencer.CodeQuestion;
import kontor.orchestrator.sequencer.Decision;
import kontor.rules.RuleFile;
import kontor.rules.RuleProblem;
import kontor.vocabulary.LabName;

/**
 * What an {@link Owner} wants done, in the order given. At most one of a list asks for an answer,
 * and it is the last: while that is awaited the owner has nothing else to do.
 */
public sealed interface OwnerEffect {

    /** Read the newest checkpoint; answered by {@link OwnerInput.CheckpointRead}. */
    record ReadCheckpoint() implements OwnerEffect {}

    /** Read one record of the log; answered by {@link OwnerInput.LogReadAt}. */
    record ReadLogAt(long offset) implements OwnerEffect {}

    /**
     * Follow the log from this offset on, and the control topic from now on; answered by {@link
     * OwnerInput.LogEndKnown}.
     */
    record Follow(long offset) implements OwnerEffect {}

    /** Wait so long for something to follow; answered by {@link OwnerInput.LogPolled}. */
    record PollLog(Duration patience) implements OwnerEffect {}

    /** Append to the log, outside of the window; answered by {@link OwnerInput.Appended}. */
    record Append(LogRecord record) implements OwnerEffect {}

    /** Send in order, as far as the {@link SendWindow} allows. Not answered. */
    record Send(Message message) implements OwnerEffect {}

    /** Answered by {@link OwnerInput.Acknowledged} once the broker has all that was sent. */
    record AwaitAcknowledgements() implements OwnerEffect {}

    /**
     * The partition is owned: follow the log no longer, let {@code watch} read it beside this owner
     * from behind the claim on. Not answered.
     *
     * @param from offset of the first record that it is to read
     */
    record Watch(ClaimWatch watch, long from) implements OwnerEffect {}

    /**
     * Wait until the {@link ClaimWatch} has read all that the log has by now; answered by {@link
     * OwnerInput.ClaimsRead}, or, if it has read a higher claim, by {@link OwnerInput.Displaced}.
     */
    record AwaitClaimsRead() implements OwnerEffect {}

    /**
     * Read the inputs from here on, and the control topic from before any reload that may still
     * run. Not answered.
     *
     * @param nextOffsets by topic; the beginning for one that is not in it
     */
    record SeekInput(Map<String, Long> nextOffsets) implements OwnerEffect {}

    /** Wait for input; answered by {@link OwnerInput.InputPolled}. */
    record PollInput(Duration patience) implements OwnerEffect {}

    /**
     * Ask rules in Java. Not answered at once: {@link OwnerInput.CodeAnswered} comes whenever it
     * comes, or never.
     */
    record AskCode(CodeQuestion question) implements OwnerEffect {}

    /** Rules in Java that will be asked soon. Not answered. */
    record PrepareCode(List<RuleFile> files) implements OwnerEffect {

        public PrepareCode {
            files = List.copyOf(files);
        }
    }

    /** Answered by {@link OwnerInput.InputEndKnown}. */
    record AskInputEnd() implements OwnerEffect {}

    /** Tell the listener. Not answered. */
    record Publish(News news) implements OwnerEffect {}

    /** The owner is over; the {@link Tenure} says what comes next. Nothing follows. */
    record End() implements OwnerEffect {}

    /** What is to be logged, counted and shown. */
    sealed interface News {

        record Folding() implements News {}

        record StandingBy(long epoch) implements News {}

        record Claiming(long epoch) implements News {}

        /** Another was first. */
        record ClaimLost(long epoch) implements News {}

        /**
         * @param folded how many records of the log were read since the start
         * @param tookMicros since the claim
         */
        record Owning(
                long epoch,
                long claimOffset,
                long folded,
                int fences,
                int reissued,
                long tookMicros)
                implements News {}

        record Releasing(long epoch) implements News {}

        record Released(LogRecord.Release release, long offset, long tookMicros) implements News {}

        /** The process that owned has ended; this one claims. */
        record OwnerEnded() implements News {}

        /** The log does not have what the checkpoint goes up to, and is folded from its start. */
        record CheckpointUnconfirmed(long offset) implements News {}

        record Folded(LogRecord record, PartitionLog.Kind kind) implements News {}

        /** Somebody wanted rules that are wrong; those before them stay in force. */
        record RulesRefused(LabName lab, List<RuleProblem> problems) implements News {

            public RulesRefused {
                problems = List.copyOf(problems);
            }
        }

        /** An input was decided; the records that follow from it are sent. */
        record Decided(Decision decision) implements News {}
    }
}
