package kontor.orchestrator.sequencer;

import java.util.List;
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

    private Releases() {}

    /** Its time has come. */
    static SessionEvent due(LabName lab, LabState state, Held held, Stamp stamp) {
        return passedOn(
                lab, state, held, null, new What.Released(held.number(), 0, ""), null, stamp);
    }

    /** A person has decided. */
    static SessionEvent wanted(
            LabName lab, LabState state, Held held, Input.HeldWanted wanted, Stamp stamp) {
        long holdNext = wanted.holdNext() ? stamp.nowMicros() + HoldDesk.STEP_MICROS : 0;
        What.Released what = new What.Released(held.number(), holdNext, wanted.author());
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
                : passedOn(lab, state, held, wanted.bytes(), what, wanted.position(), stamp);
    }

    private static SessionEvent passedOn(
            LabName lab,
            LabState state,
            Held held,
            @Nullable Bytes edited,
            What.Released what,
            @Nullable InputPosition position,
            Stamp stamp) {
        @Nullable FlowReference reference = held.lane().flow();
        @Nullable TcpFlow flow = reference == null ? null : state.flow(reference);
        @Nullable Run run = state.liveRun(held.lane().to());
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
        Bytes bytes = edited == null || !held.kind().isContent() ? held.bytes() : edited;
        AddressDesk.Released sent = AddressDesk.released(state, held, flow, bytes);
        Delivery delivery =
                new Delivery(
                        run.instance(),
                        run.id(),
                        run.nextCommand(),
                        new Altered(sent.bytes(), held.copies()));
        return event(
                lab,
                state,
                bytes.equals(held.bytes()) ? Verdict.RELAYED : Verdict.MUTATED,
                held.rule(),
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
