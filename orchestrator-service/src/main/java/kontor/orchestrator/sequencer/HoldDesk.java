package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.sequencer.Held.Lane;
import kontor.orchestrator.sequencer.Interceptor.Intercepted;
import kontor.rules.Outcome.Part;
import kontor.rules.Outcome.Wait;
import kontor.rules.Overflow;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Keeps datagrams and parts of streams back: those that a rule delays or holds, and those behind
 * them on their way.
 *
 * <p>Whether one waits follows from the packet, the rules and what waits; from the clock only when
 * it goes on. What waits changes but by records that the broker had before anything was decided by
 * them, so every owner that decides again keeps back the same.
 */
final class HoldDesk {

    /** What a person steps to waits so long. */
    static final long STEP_MICROS = 4_000_000;

    private final HeldState state;
    private final AdapterEvent event;
    private final @Nullable SessionFlow flow;
    private final Intercepted passed;
    private final long nowMicros;
    private final List<InstanceName> told = new ArrayList<>();
    private final Map<InstanceName, Altered> altered;
    private final List<Waiting> waits = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private HoldDesk(
            HeldState state,
            AdapterEvent event,
            @Nullable SessionFlow flow,
            Intercepted passed,
            long nowMicros) {
        this.state = state;
        this.event = event;
        this.flow = flow;
        this.passed = passed;
        this.nowMicros = nowMicros;
        this.altered = new LinkedHashMap<>(passed.altered());
    }

    static Intercepted hold(
            HeldState state,
            AdapterEvent event,
            @Nullable SessionFlow flow,
            Intercepted passed,
            long nowMicros) {
        boolean asked = !passed.later().isEmpty() || !passed.parts().isEmpty();
        if (passed.told().isEmpty() || (!asked && state.isEmpty())) {
            return passed;
        }
        HoldDesk desk = new HoldDesk(state, event, flow, passed, nowMicros);
        return switch (event.what()) {
            case Happening.Datagram datagram -> desk.datagram(datagram.payload().bytes());
            case Happening.FlowData data -> desk.data(data.payload().bytes());
            case Happening.FlowHalfClosed _, Happening.FlowReset _ -> desk.end();
            case Happening.RunStarted _,
                    Happening.RunStopped _,
                    Happening.FlowOpened _,
                    Happening.FlowAccepted _,
                    Happening.FlowRefused _,
                    Happening.FlowStalled _,
                    Happening.FlowDrained _,
                    Happening.FlowConfirmed _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.Injected _,
                    Happening.FreezeAnswered _,
                    Happening.Malformed _ ->
                    passed;
        };
    }

    // Datagrams.

    private Intercepted datagram(Bytes own) {
        for (InstanceName to : passed.told()) {
            Lane lane = Lane.of(event, flow, to);
            @Nullable Wait later = passed.later().get(to);
            if (later == null) {
                notAsked(lane);
            } else {
                switch (later.reason()) {
                    case OVERTAKES -> told.add(to);
                    case PERSON -> {
                        if (isRoom()) {
                            forPerson(lane, later, altered.get(to));
                        }
                    }
                    case CODE -> {
                        if (isRoom()) {
                            forCode(lane, later, altered.get(to));
                        }
                    }
                    case NETWORK -> onItsWay(lane, later, own);
                }
            }
        }
        return waits.isEmpty() && lost.isEmpty() ? passed : held();
    }

    /** No rule says so: it waits only behind others, or because a person steps. */
    private void notAsked(Lane lane) {
        if (!state.waits(lane) && !state.isStepped(lane)) {
            told.add(lane.to());
        } else if (isRoom()) {
            behind(lane, altered.get(lane.to()));
        }
    }

    private void onItsWay(Lane lane, Wait later, Bytes own) {
        if (!isRoom()) {
            return;
        }
        @Nullable Altered other = altered.get(lane.to());
        if (state.isStepped(lane)) {
            step(lane, later, other);
            return;
        }
        if (later.bytesPerSecond() == 0) {
            add(lane, later, Waiting.Reason.NETWORK, nowMicros + later.micros(), 0, other);
            return;
        }
        long begins = Math.max(cameMicros(), state.clear(later.rule(), lane));
        long queues = begins - cameMicros();
        if (queues > later.queueMicros()) {
            lost.add(Overflow.queueIsFull(later.rule()));
            return;
        }
        int length = (other == null ? own : other.bytes()).length();
        long takes = Math.max(1, length * 1_000_000L / later.bytesPerSecond());
        long due = nowMicros + queues + takes + later.micros();
        add(lane, later, Waiting.Reason.NETWORK, due, begins + takes, other);
    }

    /**
     * By this time, which is the same for every owner, a rate counts: what is lost does not hold up
     * what is behind it.
     */
    private long cameMicros() {
        return event.capturedAtMicros();
    }

    private boolean isRoom() {
        if (state.count() + waits.size() < HeldState.MOST) {
            return true;
        }
        lost.add(Overflow.tooMany(HeldState.MOST));
        return false;
    }

    // Streams. They have one recipient, and lose nothing.

    private Intercepted data(Bytes own) {
        InstanceName to = passed.told().getFirst();
        Lane lane = Lane.of(event, flow, to);
        boolean isBehind = state.waits(lane) || state.isStepped(lane);
        @Nullable Altered other = altered.get(to);
        boolean isEmpty = (other == null ? own : other.bytes()).isEmpty();
        if (isBehind && !isEmpty) {
            behind(lane, other);
        } else if (!isEmpty) {
            told.add(to);
        }
        for (Part part : passed.parts()) {
            @Nullable Wait wait = part.later();
            Altered bytes = new Altered(part.bytes(), 1);
            if (wait == null) {
                behind(lane, bytes);
            } else if (wait.reason() == Wait.Reason.CODE) {
                forCode(lane, wait, bytes);
            } else {
                forPerson(lane, wait, bytes);
            }
        }
        return waits.isEmpty() ? passed : held();
    }

    /** With what was held back until now. */
    private Intercepted end() {
        InstanceName to = passed.told().getFirst();
        Lane lane = Lane.of(event, flow, to);
        if (!state.waits(lane)) {
            return passed;
        }
        behindOthers(lane, altered.get(to));
        return held();
    }

    // Both.

    private void forPerson(Lane lane, Wait wait, @Nullable Altered other) {
        add(lane, wait, Waiting.Reason.PERSON, nowMicros + wait.micros(), 0, other);
    }

    /** If a person steps, the person sees it first. */
    private void forCode(Lane lane, Wait wait, @Nullable Altered other) {
        if (isNextOfStep(lane)) {
            step(lane, wait, other);
        } else {
            add(lane, wait, Waiting.Reason.CODE, nowMicros + Held.CODE_MICROS, 0, other);
        }
    }

    private void step(Lane lane, Wait wait, @Nullable Altered other) {
        add(lane, wait, Waiting.Reason.PERSON, nowMicros + STEP_MICROS, 0, other);
    }

    private boolean isNextOfStep(Lane lane) {
        return state.isStepped(lane) && waits.stream().noneMatch(one -> one.to().equals(lane.to()));
    }

    /** The first one that comes where a person steps is the next that the person sees. */
    private void behind(Lane lane, @Nullable Altered other) {
        if (isNextOfStep(lane)) {
            long due = nowMicros + STEP_MICROS;
            add(lane, "", Waiting.Reason.PERSON, due, 0, other, 0, List.of());
        } else {
            behindOthers(lane, other);
        }
    }

    private void behindOthers(Lane lane, @Nullable Altered other) {
        add(lane, "", Waiting.Reason.BEHIND, 0, 0, other, 0, List.of());
    }

    private void add(
            Lane lane,
            Wait wait,
            Waiting.Reason reason,
            long due,
            long clear,
            @Nullable Altered other) {
        add(lane, wait.rule(), reason, due, clear, other, wait.freezeMicros(), wait.codes());
    }

    private void add(
            Lane lane,
            String rule,
            Waiting.Reason reason,
            long due,
            long clear,
            @Nullable Altered other,
            long freezeMicros,
            List<String> codes) {
        waits.add(
                new Waiting(
                        state.next() + waits.size(),
                        lane.to(),
                        rule,
                        reason,
                        due,
                        clear,
                        other == null ? 1 : other.copies(),
                        other == null ? null : other.bytes(),
                        freezeMicros,
                        codes));
    }

    private Intercepted held() {
        altered.keySet().retainAll(told);
        Verdict verdict =
                !waits.isEmpty()
                        ? Verdict.HELD
                        : told.isEmpty() ? Verdict.DROPPED : Verdict.MUTATED;
        return new Intercepted(verdict, detail(), told, altered, passed.trace().waiting(waits));
    }

    private String detail() {
        if (lost.isEmpty()) {
            return passed.detail();
        }
        String why = String.join(", ", lost.stream().distinct().toList());
        return passed.detail().isEmpty() ? why : passed.detail() + " (" + why + ")";
    }
}
