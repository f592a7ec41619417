package kontor.orchestrator.sequencer;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what waited, or drops it. The record says which, and what was delivered; the broker has
 * it before its command is sent.
 */
final class Releases {

    private static final String NO_ANSWER = "no answer within a second: passed on as it was";

    private Releases() {}

    /** Going on as it is, or as somebody says. */
    private record Going(Bytes bytes, boolean isDropped, String detail) {}

    /**
     * Its time has come, or rules in Java have answered.
     *
     * @param answer null: none
     */
    static SessionEvent due(
            LabName lab, LabState state, Held held, @Nullable CodeAnswer answer, Stamp stamp) {
        @Nullable CodeAnswer said = said(state, held, answer);
        return passedOn(
                lab,
                state,
                held,
                going(held, null, said),
                new What.Released(held.number(), 0, "", said == null ? null : said.said()),
                null,
                stamp);
    }

    /** Null where no rule in Java concerns it. */
    private static @Nullable CodeAnswer said(
            LabState state, Held held, @Nullable CodeAnswer answer) {
        if (held.codes().isEmpty()) {
            return null;
        }
        return answer != null
                ? answer
                : CodeAnswer.none(
                        held.codes(), state.ruleState().version(), held.bytes(), NO_ANSWER);
    }

    /** What a person makes of it goes before what rules in Java say. */
    private static Going going(Held held, @Nullable Bytes edited, @Nullable CodeAnswer said) {
        if (!held.kind().isContent()) {
            return new Going(held.bytes(), false, held.rule());
        }
        if (edited != null || said == null) {
            return new Going(edited == null ? held.bytes() : edited, false, held.rule());
        }
        String rules =
                Stream.concat(Stream.of(held.rule()), said.said().rules().stream())
                        .filter(rule -> !rule.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(", "));
        List<String> problems = said.said().problems();
        String detail =
                problems.isEmpty()
                        ? rules
                        : "%s (%s)".formatted(rules, String.join("; ", problems));
        return new Going(said.isDropped() ? Bytes.empty() : said.bytes(), said.isDropped(), detail);
    }

    /** A person has decided. */
    static SessionEvent wanted(
            LabName lab, LabState state, Held held, Input.HeldWanted wanted, Stamp stamp) {
        long holdNext = wanted.holdNext() ? stamp.nowMicros() + HoldDesk.STEP_MICROS : 0;
        @Nullable CodeAnswer said =
                wanted.drop() || wanted.bytes() != null ? null : said(state, held, wanted.code());
        What.Released what =
                new What.Released(
                        held.number(),
                        holdNext,
                        wanted.author(),
                        said == null ? null : said.said());
        return wanted.drop()
                ? event(
                        lab,
                        state,
                        Verdict.DROPPED,
                        held.rule(),
                        List.of(),
                        AddressTrace.NONE,
                        what,
                        wanted.position(),
                        stamp)
                : passedOn(
                        lab,
                        state,
                        held,
                        going(held, wanted.bytes(), said),
                        what,
                        wanted.position(),
                        stamp);
    }

    private static SessionEvent passedOn(
            LabName lab,
            LabState state,
            Held held,
            Going going,
            What.Released what,
            @Nullable InputPosition position,
            Stamp stamp) {
        @Nullable FlowReference reference = held.lane().flow();
        @Nullable TcpFlow flow = reference == null ? null : state.flows().get(reference);
        @Nullable Run run = state.runs().live(held.lane().to());
        boolean isOver = reference != null && (flow == null || flow.closed());
        if (run == null || isOver) {
            return event(
                    lab,
                    state,
                    Verdict.UNDELIVERABLE,
                    isOver ? "flow is closed" : held.lane().to() + " is not running",
                    List.of(),
                    AddressTrace.NONE,
                    what,
                    position,
                    stamp);
        }
        if (going.isDropped() && flow == null) {
            return event(
                    lab,
                    state,
                    Verdict.DROPPED,
                    going.detail(),
                    List.of(),
                    AddressTrace.NONE,
                    what,
                    position,
                    stamp);
        }
        // What is taken out of a stream is an empty write: it confirms how far that has come.
        AddressDesk.Released sent = AddressDesk.released(state, held, flow, going.bytes());
        Delivery delivery =
                new Delivery(
                        run.instance(),
                        run.id(),
                        run.nextCommand(),
                        new Altered(sent.bytes(), held.copies()));
        return event(
                lab,
                state,
                going.isDropped()
                        ? Verdict.DROPPED
                        : going.bytes().equals(held.bytes()) ? Verdict.RELAYED : Verdict.MUTATED,
                going.detail(),
                List.of(delivery),
                sent.trace(),
                what,
                position,
                stamp);
    }

    private static SessionEvent event(
            LabName lab,
            LabState state,
            Verdict verdict,
            String detail,
            List<Delivery> deliveries,
            AddressTrace addresses,
            What.Released what,
            @Nullable InputPosition position,
            Stamp stamp) {
        @Nullable Session running = state.session();
        return new SessionEvent(
                lab,
                running == null ? null : running.id(),
                running == null ? 0 : running.nextSequence(),
                stamp,
                position,
                null,
                verdict,
                detail,
                deliveries,
                RuleTrace.NONE,
                addresses,
                what);
    }
}
