package kontor.rules;

import java.util.List;
import java.util.Map;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a packet.
 *
 * @param told what each recipient gets; without an entry: the packet as it is
 * @param hits rules that matched, each once, in the order in which they acted
 * @param tags in the order in which they were given
 * @param problems why a rule could not do what it says: the bytes went on without that action
 * @param heldBack how many bytes at the end of a stream are kept for the next piece
 * @param isChanged whether a recipient gets something else than was sent: a stream that is only cut
 *     otherwise is not changed
 */
public record Outcome(
        Map<InstanceName, Told> told,
        List<Hit> hits,
        List<String> tags,
        List<String> problems,
        int heldBack,
        boolean isChanged) {

    /** No rule concerns it. */
    static final Outcome NOTHING = new Outcome(Map.of(), List.of(), List.of(), List.of(), 0, false);

    public Outcome {
        told = Map.copyOf(told);
        hits = List.copyOf(hits);
        tags = List.copyOf(tags);
        problems = List.copyOf(problems);
    }

    /** Whether the packet goes on as it came, and nothing is to be recorded. */
    public boolean isNothing() {
        return told.isEmpty() && hits.isEmpty() && heldBack == 0 && problems.isEmpty();
    }

    /**
     * What one recipient gets.
     *
     * @param copies so many times; 0: not at all
     * @param later not at once; null: at once, unless something waits before it
     */
    public record Told(Bytes bytes, int copies, @Nullable Wait later) {

        Told(Bytes bytes, int copies) {
            this(bytes, copies, null);
        }
    }

    /**
     * It is passed on later.
     *
     * @param rule that says so
     * @param micros how long it waits at most for a person, or how long it is on its way
     * @param bytesPerSecond the rate of the way; 0: none
     * @param queueMicros it is lost if it would wait longer than this for the rate
     */
    public record Wait(
            String rule, Reason reason, long micros, long bytesPerSecond, long queueMicros) {

        /** What it waits for. */
        public enum Reason {
            PERSON,
            NETWORK,
            /** It does not wait: it passes by those that do. */
            OVERTAKES
        }

        /** Who waits for a person waits for nothing else; ways are one behind the other. */
        Wait and(Wait other) {
            return switch (reason) {
                case PERSON -> this;
                case OVERTAKES -> other;
                case NETWORK ->
                        switch (other.reason) {
                            case PERSON -> other;
                            case OVERTAKES -> this;
                            case NETWORK -> behind(other);
                        };
            };
        }

        private Wait behind(Wait other) {
            boolean isSlower =
                    other.bytesPerSecond > 0
                            && (bytesPerSecond == 0 || other.bytesPerSecond < bytesPerSecond);
            Wait slower = isSlower ? other : this;
            return new Wait(
                    slower.rule,
                    Reason.NETWORK,
                    micros + other.micros,
                    slower.bytesPerSecond,
                    slower.queueMicros);
        }
    }

    /**
     * A rule matched.
     *
     * @param dryRun it would have acted
     */
    public record Hit(String rule, boolean dryRun) {}
}
