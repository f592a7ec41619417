package kontor.orchestrator.sequencer;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.log.SessionOrder;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one lab: a fold over its session events, and of nothing else.
 *
 * <p>{@link #fold} is what changes it, and it decides nothing: the same events give the same state,
 * in the live path and after a restart. Everything it holds is bounded by constants, not settings,
 * so that two owners never differ.
 *
 * <p>Confined to the thread that owns the lab's partition.
 */
public final class LabState {

    /** A repeated request to start a session is known as such this long. */
    static final int SESSIONS_KEPT = 1_024;

    private final Runs runs = new Runs();
    private final TcpFlows flows = new TcpFlows();
    private final Map<SessionId, Boolean> sessions = new BoundedMap<>(SESSIONS_KEPT);
    private RuleState rules = new RuleState();
    private RewritingState rewriting = new RewritingState();
    private @Nullable Session session;
    private long ordinal;
    private long lastActivityMicros;

    /** The state that {@code checkpoint} was taken of. */
    public static LabState of(LabName lab, LabCheckpoint checkpoint) {
        LabState state = new LabState();
        state.rules = RuleState.of(lab.value(), checkpoint.rules());
        state.rewriting = RewritingState.of(checkpoint.rewriting());
        checkpoint.runs().forEach(state.runs::put);
        state.rewriting.runs(state.runs.live());
        checkpoint.openFlows().forEach(state.flows::put);
        checkpoint.closedFlows().forEach(state.flows::put);
        checkpoint.sessions().forEach(id -> state.sessions.put(id, true));
        LabCheckpoint.@Nullable Running running = checkpoint.session();
        state.session = running == null ? null : Session.of(running);
        state.ordinal = checkpoint.ordinal();
        state.lastActivityMicros = checkpoint.lastActivityMicros();
        return state;
    }

    /** Takes time in proportion to what is known, and copies references only. */
    public LabCheckpoint checkpoint() {
        return new LabCheckpoint(
                runs.all(),
                flows.open(),
                flows.closed(),
                List.copyOf(sessions.keySet()),
                session == null ? null : session.checkpoint(),
                ordinal,
                lastActivityMicros,
                rules.checkpoint(),
                rewriting.checkpoint());
    }

    /** What became of a record that was folded. */
    public enum Folded {
        APPLIED,
        /** It was had before, and changed nothing. */
        REPEATED,
        /** Records before it are missing in the log. It was applied. */
        APPLIED_AFTER_GAP
    }

    /** Takes {@code event} in. A repeated one changes nothing. */
    public Folded fold(SessionEvent event) {
        Folded folded = standing(event);
        if (folded == Folded.REPEATED) {
            return folded;
        }
        if (isOfALabsOwn(event)) {
            lastActivityMicros = event.stamp().nowMicros();
        }
        @Nullable SessionId id = event.session();
        if (id != null) {
            if (session == null || !session.id().equals(id)) {
                session = new Session(id);
                sessions.put(id, true);
            }
            session.fold(event);
        }
        switch (event.what()) {
            case What.Started started -> ordinal = Math.max(ordinal, started.ordinal());
            case What.Ended _ -> session = null;
            case What.RulesChanged changed -> rules.changed(changed, event.lab().value());
            case What.Released released -> foldReleased(event, released);
            case What.Adapter adapter -> foldAdapterEvent(event, adapter.event());
        }
        return folded;
    }

    /**
     * Nobody could hear (a new owner took over, the broker was away): silence counts from now on.
     * Beside folding, and only about when a session ends by itself.
     */
    public void touch(long nowMicros) {
        lastActivityMicros = Math.max(lastActivityMicros, nowMicros);
    }

    /** Strangers that go on speaking do not keep a session running that the games have left. */
    private static boolean isOfALabsOwn(SessionEvent event) {
        return !(event.what() instanceof What.Adapter(AdapterEvent told)
                && told.what() instanceof Happening.StrangerSeen);
    }

    private Folded standing(SessionEvent event) {
        @Nullable SessionId id = event.session();
        if (id == null) {
            boolean repeated =
                    switch (event.what()) {
                        case What.Adapter(AdapterEvent told) ->
                                told.sequence() <= runs.highestSequence(told.run());
                        case What.RulesChanged changed -> rules.isSet(changed);
                        case What.Released released -> rules.held().held(released.number()) == null;
                        case What.Started _, What.Ended _ -> false;
                    };
            return repeated ? Folded.REPEATED : Folded.APPLIED;
        }
        if (session != null && session.id().equals(id)) {
            return inOrder(session.nextSequence() - 1, event);
        }
        return sessions.containsKey(id) ? Folded.REPEATED : inOrder(0, event);
    }

    private static Folded inOrder(long last, SessionEvent event) {
        return switch (SessionOrder.of(last, event.sequence())) {
            case NEXT -> Folded.APPLIED;
            case REPEATED -> Folded.REPEATED;
            case AFTER_GAP -> Folded.APPLIED_AFTER_GAP;
        };
    }

    private void foldAdapterEvent(SessionEvent event, AdapterEvent told) {
        @Nullable Run known = runs.get(told.run());
        Run run = known == null ? Run.seen(told.run(), told.instance()) : known;
        runs.put(run.withSequence(told.sequence()));
        foldDeliveries(event);
        rules.hit(event.rules().hits());
        switch (told.what()) {
            case Happening.RunStarted started -> {
                rules.held().goesOn(told.instance(), event.stamp().nowMicros());
                rules.held().runStarted(told.instance());
                runStarted(told, started);
            }
            case Happening.RunStopped _ -> {
                rules.held().goesOn(told.instance(), event.stamp().nowMicros());
                @Nullable Run stopped = runs.live(told.instance());
                if (stopped != null && stopped.id().equals(told.run())) {
                    end(stopped);
                }
            }
            case Happening.FlowOpened opened -> flowOpened(event, told, opened);
            case Happening.FlowHalfClosed closed -> {
                halfClosed(event, told, closed);
                rules.held().came(event, told);
            }
            case Happening.FlowReset reset -> {
                reset(event, reset.flow());
                rules.held().came(event, told);
            }
            case Happening.FlowRefused refused -> reset(event, refused.flow());
            case Happening.FlowData data -> {
                wrote(event, data);
                rules.held().came(event, told);
            }
            case Happening.Datagram _ -> {
                rewriting.sent(told.instance(), event.addresses());
                rules.held().came(event, told);
            }
            case Happening.FlowAccepted _,
                    Happening.FlowStalled _,
                    Happening.FlowDrained _,
                    Happening.FlowConfirmed _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.Injected _,
                    Happening.Malformed _ -> {}
            case Happening.FreezeAnswered(var standing) -> {
                long now = event.stamp().nowMicros();
                switch (standing) {
                    case FROZEN -> rules.held().froze(told.instance(), now);
                    case GOES_ON -> rules.held().goesOn(told.instance(), now);
                }
            }
        }
    }

    private void foldReleased(SessionEvent event, What.Released released) {
        foldDeliveries(event);
        @Nullable Held held = rules.held().held(released.number());
        rules.held().released(released);
        if (held == null || event.deliveries().isEmpty()) {
            return;
        }
        @Nullable FlowReference reference = held.lane().flow();
        @Nullable TcpFlow flow = reference == null ? null : flows.open(reference);
        if (flow == null) {
            rewriting.sent(held.lane().from(), event.addresses());
            return;
        }
        boolean fromOpener = held.isFromOpener(flow);
        switch (held.kind()) {
            case DATA -> rewriting.wrote(flow.reference(), fromOpener, event.addresses());
            case OUTPUT_END -> {
                rewriting.ended(flow.reference(), fromOpener);
                update(flow.withDone(fromOpener));
            }
            case RESET -> update(flow.withReset());
            case DATAGRAM -> throw new IllegalStateException(held.toString());
        }
    }

    private void foldDeliveries(SessionEvent event) {
        for (Delivery delivery : event.deliveries()) {
            @Nullable Run target = runs.get(delivery.targetRun());
            if (target != null) {
                runs.put(target.withCommand(delivery.commandSequence()));
            }
        }
    }

    private void runStarted(AdapterEvent told, Happening.RunStarted started) {
        @Nullable Run run = runs.get(told.run());
        if (run == null || !run.canStart(told.instance())) {
            return;
        }
        @Nullable Run earlier = runs.live(told.instance());
        if (earlier != null && !earlier.id().equals(told.run())) {
            end(earlier);
        }
        runs.start(run.started(Run.Addresses.of(started)));
        rewriting.runs(runs.live());
    }

    private void end(Run run) {
        runs.end(run);
        rewriting.runs(runs.live());
        for (TcpFlow flow : flows.openOf(run.id())) {
            update(flow.withReset());
        }
    }

    private void flowOpened(SessionEvent event, AdapterEvent told, Happening.FlowOpened opened) {
        @Nullable SessionFlow flow = event.flow();
        @Nullable Run run = runs.get(told.run());
        if (flow == null || run == null) {
            return;
        }
        runs.put(run.withFlow(opened.flow().number()));
        @Nullable RunId target = passedOn(event) ? targetRun(event, told, flow) : null;
        boolean open = target != null;
        update(
                new TcpFlow(
                        opened.flow(),
                        flow.opener(),
                        flow.target(),
                        target,
                        false,
                        false,
                        !open,
                        0,
                        0));
    }

    private @Nullable RunId targetRun(SessionEvent event, AdapterEvent told, SessionFlow flow) {
        if (!told.imported()) {
            return event.deliveries().isEmpty() ? null : event.deliveries().getFirst().targetRun();
        }
        @Nullable InstanceName instance = flow.target().instance();
        @Nullable Run live = instance == null ? null : runs.live(instance);
        return live == null ? null : live.id();
    }

    private void halfClosed(
            SessionEvent event, AdapterEvent told, Happening.FlowHalfClosed closed) {
        @Nullable TcpFlow flow = flows.open(closed.flow());
        if (flow == null) {
            return;
        }
        boolean opener = flow.isOpener(told.run());
        if (passedOn(event)) {
            rewriting.ended(closed.flow(), opener);
            update(flow.withDone(opener));
        }
        if (passedOn(event) || event.verdict() == Verdict.HELD) {
            rules.ended(closed.flow(), opener);
        }
    }

    private void wrote(SessionEvent event, Happening.FlowData data) {
        @Nullable SessionFlow flow = event.flow();
        boolean isTaken =
                passedOn(event)
                        || event.verdict() == Verdict.DROPPED
                        || event.verdict() == Verdict.HELD;
        if (flow != null && isTaken) {
            rules.wrote(
                    data.flow(),
                    flow.fromOpener(),
                    data.payload().bytes(),
                    event.rules().heldBack());
            rewriting.wrote(data.flow(), flow.fromOpener(), event.addresses());
            @Nullable TcpFlow open = flows.open(data.flow());
            if (open != null) {
                flows.put(open.withWritten(flow.fromOpener(), data.streamEnd()));
            }
        }
    }

    private void reset(SessionEvent event, FlowReference reference) {
        @Nullable TcpFlow flow = flows.open(reference);
        if (flow != null && passedOn(event)) {
            update(flow.withReset());
        }
    }

    private void update(TcpFlow flow) {
        @Nullable FlowReference forgotten = flows.put(flow);
        if (flow.closed()) {
            rules.forget(flow.reference());
            rewriting.forget(flow.reference());
        }
        if (forgotten != null && session != null) {
            session.forget(forgotten);
        }
    }

    private static boolean passedOn(SessionEvent event) {
        return event.verdict() == Verdict.RELAYED
                || event.verdict() == Verdict.MUTATED
                || (event.verdict() == Verdict.OBSERVED
                        && event.what() instanceof What.Adapter(AdapterEvent told)
                        && told.imported());
    }

    // What the sequencer asks.

    Runs runs() {
        return runs;
    }

    TcpFlows flows() {
        return flows;
    }

    RuleState ruleState() {
        return rules;
    }

    RewritingState rewriting() {
        return rewriting;
    }

    @Nullable Session session() {
        return session;
    }

    boolean hadSession(SessionId id) {
        return sessions.containsKey(id);
    }

    /** That of the next session. */
    long nextOrdinal() {
        return ordinal + 1;
    }

    long lastActivityMicros() {
        return lastActivityMicros;
    }

    /** The runs that commands can go to, in the order of their instances' names. */
    public List<Target> targets() {
        return runs.live().stream().map(Target::of).toList();
    }

    /**
     * The newest run of each instance, live or not, in the order of their names. None in a lab that
     * an import is recorded in.
     */
    public List<Target> newestRuns(LabName lab) {
        return lab.isImport() ? List.of() : runs.newest().stream().map(Target::of).toList();
    }

    /** Null while nothing waits for which the games are to stand still. */
    public Held.@Nullable Freeze freeze() {
        return rules.held().freeze();
    }

    /** The last freeze for something that waits no longer; null: there was none. */
    public @Nullable UUID thawed() {
        return rules.held().thawed();
    }

    /** When something that waits goes on by itself; {@link Long#MAX_VALUE} if nothing waits. */
    public long nextDueMicros(CodeAnswers answers) {
        return rules.held().nextDueMicros(answers);
    }

    /** An instance and a run of it. */
    public record Target(InstanceName instance, RunId run) {

        private static Target of(Run run) {
            return new Target(run.instance(), run.id());
        }
    }
}
