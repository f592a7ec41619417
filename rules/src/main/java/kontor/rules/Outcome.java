package kontor.rules;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
     * @param copies of a datagram: so many times; 0: not at all
     * @param later of a datagram: not at once; null: at once, unless something waits before it
     * @param parts of a stream: what is passed on later, behind these bytes
     */
    public record Told(Bytes bytes, int copies, @Nullable Wait later, List<Part> parts) {

        public Told {
            parts = List.copyOf(parts);
        }

        Told(Bytes bytes, int copies) {
            this(bytes, copies, null, List.of());
        }
    }

    /**
     * A part of a stream that is passed on later.
     *
     * @param later null for what only is behind one that waits
     */
    public record Part(Bytes bytes, @Nullable Wait later) {}

    /**
     * It is passed on later.
     *
     * @param rule that says so
     * @param micros how long it waits at most for a person, or how long it is on its way
     * @param bytesPerSecond the rate of the way; 0: none
     * @param queueMicros it is lost if it would wait longer than this for the rate
     * @param freezeMicros so long the lab's games stand still for it at most; 0: they go on
     * @param codes rules in Java that are to say something of it before, in their order
     */
    public record Wait(
            String rule,
            Reason reason,
            long micros,
            long bytesPerSecond,
            long queueMicros,
            long freezeMicros,
            List<String> codes) {

        public Wait {
            codes = List.copyOf(codes);
        }

        /** On a way, or by it. */
        Wait(String rule, Reason reason, long micros, long bytesPerSecond, long queueMicros) {
            this(rule, reason, micros, bytesPerSecond, queueMicros, 0);
        }

        /** No rule in Java concerns it. */
        Wait(
                String rule,
                Reason reason,
                long micros,
                long bytesPerSecond,
                long queueMicros,
                long freezeMicros) {
            this(rule, reason, micros, bytesPerSecond, queueMicros, freezeMicros, List.of());
        }

        /** For a person. */
        static Wait forPerson(String rule, RuleAction.Hold hold) {
            return new Wait(rule, Reason.PERSON, hold.forMicros(), 0, 0, hold.freezeMicros());
        }

        /** For what a rule in Java says. */
        static Wait forCode(String rule) {
            return new Wait(rule, Reason.CODE, 0, 0, 0, 0, List.of(rule));
        }

        /** What it waits for. */
        public enum Reason {
            PERSON,
            NETWORK,
            /** Only for what rules in Java say. */
            CODE,
            /** It does not wait: it passes by those that do. */
            OVERTAKES
        }

        /**
         * Who waits for a person waits on no way; ways are one behind the other. What rules in Java
         * say is waited for besides, so what would overtake does not.
         */
        Wait and(Wait other) {
            return ordered(other).by(Stream.concat(codes.stream(), other.codes.stream()).toList());
        }

        private Wait ordered(Wait other) {
            return switch (reason) {
                case PERSON ->
                        other.freezeMicros <= freezeMicros
                                ? this
                                : new Wait(rule, reason, micros, 0, 0, other.freezeMicros, codes);
                case OVERTAKES -> other;
                case CODE ->
                        other.reason == Reason.OVERTAKES || other.reason == Reason.CODE
                                ? this
                                : other;
                case NETWORK ->
                        switch (other.reason) {
                            case PERSON -> other;
                            case OVERTAKES, CODE -> this;
                            case NETWORK -> behind(other);
                        };
            };
        }

        private Wait by(List<String> all) {
            return new Wait(rule, reason, micros, bytesPerSecond, queueMicros, freezeMicros, all);
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
