package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.sequencer.Held.Lane;
import kontor.orchestrator.sequencer.Interceptor.Intercepted;
import kontor.rules.Outcome.Wait;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Keeps datagrams back: those that a rule delays or holds, and those behind them on their way.
 *
 * <p>Whether one waits follows from the packet, the rules and what waits; from the clock only when
 * it goes on. What waits changes but by records that the broker had before anything was decided by
 * them, so whoever decides again keeps back the same.
 */
final class HoldDesk {

    /** What a person steps to waits so long. */
    static final long STEP_MICROS = 4_000_000;

    private final HeldState state;
    private final AdapterEvent event;
    private final Happening.Datagram datagram;
    private final Intercepted passed;
    private final long nowMicros;
    private final List<InstanceName> told = new ArrayList<>();
    private final Map<InstanceName, Altered> altered;
    private final List<Waiting> waits = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private HoldDesk(
            HeldState state,
            AdapterEvent event,
            Happening.Datagram datagram,
            Intercepted passed,
            long nowMicros) {
        this.state = state;
        this.event = event;
        this.datagram = datagram;
        this.passed = passed;
        this.nowMicros = nowMicros;
        this.altered = new LinkedHashMap<>(passed.altered());
    }

    static Intercepted hold(
            HeldState state, AdapterEvent event, Intercepted passed, long nowMicros) {
        if (!(event.what() instanceof Happening.Datagram datagram)
                || passed.told().isEmpty()
                || (passed.later().isEmpty() && state.isEmpty())) {
            return passed;
        }
        return new HoldDesk(state, event, datagram, passed, nowMicros).hold();
    }

    private Intercepted hold() {
        for (InstanceName to : passed.told()) {
            Lane lane = HeldState.lane(event, datagram, to);
            @Nullable Wait later = passed.later().get(to);
            if (later == null) {
                notAsked(lane);
            } else {
                switch (later.reason()) {
                    case OVERTAKES -> told.add(to);
                    case PERSON -> waits(lane, later.rule(), Waiting.Reason.PERSON, later.micros());
                    case NETWORK -> onItsWay(lane, later);
                }
            }
        }
        altered.keySet().retainAll(told);
        if (waits.isEmpty() && lost.isEmpty()) {
            return passed;
        }
        Verdict verdict =
                !waits.isEmpty()
                        ? Verdict.HELD
                        : told.isEmpty() ? Verdict.DROPPED : Verdict.MUTATED;
        return new Intercepted(
                verdict, detail(), told, altered, passed.trace().waiting(waits), Map.of());
    }

    /** No rule says so: it waits only behind others, or because a person steps. */
    private void notAsked(Lane lane) {
        if (state.isStepped(lane)) {
            waits(lane, "", Waiting.Reason.PERSON, STEP_MICROS);
        } else if (state.waits(lane)) {
            add(lane, "", Waiting.Reason.BEHIND, 0, 0);
        } else {
            told.add(lane.to());
        }
    }

    private void onItsWay(Lane lane, Wait later) {
        if (state.isStepped(lane)) {
            waits(lane, later.rule(), Waiting.Reason.PERSON, STEP_MICROS);
        } else if (later.bytesPerSecond() == 0) {
            waits(lane, later.rule(), Waiting.Reason.NETWORK, later.micros());
        } else {
            long begins = Math.max(nowMicros, state.clear(later.rule(), lane));
            if (begins - nowMicros > later.queueMicros()) {
                lost.add(later.rule() + ": the queue of the rate is full");
                return;
            }
            long takes = bytes(lane).length() * 1_000_000L / later.bytesPerSecond();
            long clear = begins + Math.max(1, takes);
            add(lane, later.rule(), Waiting.Reason.NETWORK, clear + later.micros(), clear);
        }
    }

    private void waits(Lane lane, String rule, Waiting.Reason reason, long micros) {
        add(lane, rule, reason, nowMicros + micros, 0);
    }

    private void add(Lane lane, String rule, Waiting.Reason reason, long due, long clear) {
        if (state.count() + waits.size() >= HeldState.MOST) {
            lost.add("%d datagrams wait already".formatted(HeldState.MOST));
            return;
        }
        @Nullable Altered other = altered.get(lane.to());
        waits.add(
                new Waiting(
                        state.next() + waits.size(),
                        lane.to(),
                        rule,
                        reason,
                        due,
                        clear,
                        other == null ? 1 : other.copies(),
                        other == null ? null : other.bytes()));
    }

    private Bytes bytes(Lane lane) {
        @Nullable Altered other = altered.get(lane.to());
        return other == null ? datagram.payload().bytes() : other.bytes();
    }

    private String detail() {
        if (lost.isEmpty()) {
            return passed.detail();
        }
        String why = String.join(", ", lost.stream().distinct().toList());
        return passed.detail().isEmpty() ? why : passed.detail() + " (" + why + ")";
    }
}
