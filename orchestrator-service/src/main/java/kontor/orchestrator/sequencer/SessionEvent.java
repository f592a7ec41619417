package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.rules.RuleFile;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * One record of the one truth.
 *
 * @param session null where the event belongs to the lab only: a run that starts or stops, or rules
 *     that change, while no session is running
 * @param sequence 1, 2, 3 ... per session; 0 without session
 * @param input what caused it; null where the orchestrator acted by itself
 * @param detail why it was undeliverable, or which rules acted, for a person; else empty
 * @param deliveries at most one per instance
 * @param rules what rules did with it
 * @param addresses what the rewriting of addresses did with it
 */
public record SessionEvent(
        LabName lab,
        @Nullable SessionId session,
        long sequence,
        Stamp stamp,
        @Nullable InputPosition input,
        @Nullable SessionFlow flow,
        Verdict verdict,
        String detail,
        List<Delivery> deliveries,
        RuleTrace rules,
        AddressTrace addresses,
        What what) {

    public SessionEvent {
        deliveries = List.copyOf(deliveries);
    }

    /** An event that no rule has touched, and in which no address was rewritten. */
    public SessionEvent(
            LabName lab,
            @Nullable SessionId session,
            long sequence,
            Stamp stamp,
            @Nullable InputPosition input,
            @Nullable SessionFlow flow,
            Verdict verdict,
            String detail,
            List<Delivery> deliveries,
            What what) {
        this(
                lab,
                session,
                sequence,
                stamp,
                input,
                flow,
                verdict,
                detail,
                deliveries,
                RuleTrace.NONE,
                AddressTrace.NONE,
                what);
    }

    /** What the record tells. */
    public sealed interface What {

        /** An adapter saw its game do something. */
        record Adapter(AdapterEvent event) implements What {}

        /**
         * @param ordinal 1, 2, 3 ... per lab
         */
        record Started(long ordinal) implements What {}

        /** Nothing follows in this session. */
        record Ended(EndReason reason) implements What {}

        /**
         * What waited waits no longer: it was passed on, or dropped, as the verdict says.
         *
         * @param number of what waited
         * @param holdNextMicros until when what comes behind it on its way waits for a person; 0:
         *     it does not
         * @param author for a person; empty: its time had come
         * @param code what rules in Java said of it; null: they had no part in it
         */
        record Released(long number, long holdNextMicros, String author, @Nullable CodeSaid code)
                implements What {

            /** Rules in Java had no part in it. */
            public Released(long number, long holdNextMicros, String author) {
                this(number, holdNextMicros, author, null);
            }
        }

        /**
         * These rules hold from here on, and none of before.
         *
         * @param version of the files; empty for no rules
         * @param author for a person
         * @param suspended rules in Java of these files that do not hold
         */
        record RulesChanged(
                String version, List<RuleFile> files, String author, List<Suspended> suspended)
                implements What {

            static final RulesChanged NONE = new RulesChanged("", List.of(), "");

            public RulesChanged {
                files = List.copyOf(files);
                suspended = List.copyOf(suspended);
            }

            /** All rules of the files hold. */
            public RulesChanged(String version, List<RuleFile> files, String author) {
                this(version, files, author, List.of());
            }
        }

        /**
         * A rule whose code failed too often.
         *
         * @param why for a person
         */
        record Suspended(String rule, String why) {}
    }
}
