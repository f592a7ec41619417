package kontor.orchestrator.sequencer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kontor.orchestrator.sequencer.AddressDesk.Addressed;
import kontor.orchestrator.sequencer.Decision.Arrival;
import kontor.orchestrator.sequencer.Interceptor.Intercepted;
import kontor.orchestrator.sequencer.Router.Route;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rules.RuleProblem;
import kontor.rules.RuleSet;
import kontor.rules.RuleSet.Compilation;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an input; changes nothing.
 *
 * <p>A decision follows from the lab's state and the input alone; time and epoch only go onto the
 * records. What commands say follows from the adapter events, their order and the rules that the
 * log has before them, sessions or no sessions. So an input whose record did not survive its owner
 * is decided again in the same words, and a command that went out already is the same command.
 *
 * <p>Stateless but for its setting, and total: no input makes it fail.
 */
public final class Sequencer {

    /**
     * How many times as long a session may be silent whose flows are open: what holds them may be
     * an adapter that died and never comes back. The end of a session changes nothing for the
     * games, and a flow that outlives it goes on in the next one.
     */
    static final int SILENCE_WITH_OPEN_FLOWS = 60;

    private final long idleMicros;

    /**
     * @param sessionIdle how long nothing may come until a session without open TCP flow ends; one
     *     with open flows ends after {@value #SILENCE_WITH_OPEN_FLOWS} times that
     */
    public Sequencer(Duration sessionIdle) {
        this.idleMicros = TimeUnit.NANOSECONDS.toMicros(sessionIdle.toNanos());
    }

    public Decision decide(LabName lab, LabState state, Input input, Stamp stamp) {
        return switch (input) {
            case Input.Captured captured -> captured(state, captured, stamp);
            case Input.SessionWanted wanted -> wanted(lab, state, wanted, stamp);
            case Input.SessionEndWanted wanted -> endWanted(lab, state, wanted, stamp);
            case Input.RulesWanted wanted -> rules(lab, state, wanted, stamp);
            case Input.HeldWanted wanted -> {
                HeldState waiting = state.ruleState().held();
                @Nullable Held held = waiting.held(wanted.number());
                yield held == null || !mayGo(waiting, held, wanted)
                        ? Decision.of(List.of())
                        : Decision.of(List.of(Releases.wanted(lab, state, held, wanted, stamp)));
            }
            case Input.Due(CodeAnswers answers) -> {
                @Nullable Held held = state.ruleState().held().due(stamp.nowMicros(), answers);
                yield held == null
                        ? Decision.of(List.of())
                        : Decision.of(
                                List.of(
                                        Releases.due(
                                                lab,
                                                state,
                                                held,
                                                answers.about(held.number()),
                                                stamp)));
            }
            case Input.CodeFailing failing -> failing(lab, state, failing, stamp);
            case Input.Quiet _ -> quiet(lab, state, stamp);
        };
    }

    private static boolean mayGo(HeldState waiting, Held held, Input.HeldWanted wanted) {
        return wanted.drop() ? held.kind().isContent() : waiting.isFirst(held);
    }

    private static Decision captured(LabState state, Input.Captured input, Stamp stamp) {
        AdapterEvent event = input.event();
        long highest = state.runs().highestSequence(event.run());
        if (event.sequence() <= highest) {
            return new Decision(Arrival.DUPLICATE, List.of());
        }
        List<SessionEvent> events = new ArrayList<>(2);
        @Nullable Session running = state.session();
        @Nullable SessionId session = running == null ? null : running.id();
        long sequence = running == null ? 0 : running.nextSequence();
        if (running == null && !concernsLabOnly(event.what())) {
            session = nameSession(event, state.nextOrdinal());
            sequence = 2;
            events.add(started(event.lab(), session, state.nextOrdinal(), input.position(), stamp));
        }
        Route route = Router.route(state, event);
        Intercepted kept =
                HoldDesk.hold(
                        state.ruleState().held(),
                        event,
                        route.flow(),
                        Interceptor.intercept(state, event, route),
                        stamp.nowMicros());
        Addressed addressed = AddressDesk.address(state, event, route.flow(), kept);
        Intercepted passed = addressed.passed();
        events.add(
                new SessionEvent(
                        event.lab(),
                        session,
                        sequence,
                        stamp,
                        input.position(),
                        route.flow(),
                        passed.verdict(),
                        passed.detail(),
                        deliveries(state, event, passed),
                        passed.trace(),
                        addressed.trace(),
                        new What.Adapter(event)));
        return new Decision(
                event.sequence() == highest + 1 ? Arrival.IN_ORDER : Arrival.AFTER_GAP, events);
    }

    private static List<Delivery> deliveries(
            LabState state, AdapterEvent event, Intercepted passed) {
        List<Delivery> deliveries = new ArrayList<>(passed.told().size());
        for (InstanceName instance : passed.told()) {
            Run run = requireNonNull(state.runs().live(instance), event::toString);
            deliveries.add(
                    new Delivery(
                            instance, run.id(), run.nextCommand(), passed.altered().get(instance)));
        }
        return deliveries;
    }

    /** Whether these rules can be used; empty: they can. */
    public static List<RuleProblem> problemsOf(Input.RulesWanted wanted) {
        return switch (RuleSet.compile(wanted.files())) {
            case RuleSet.Compilation.Compiled _ -> List.of();
            case RuleSet.Compilation.Refused(List<RuleProblem> problems) -> problems;
        };
    }

    /** Rules that are wrong leave those before them in force. */
    private static Decision rules(
            LabName lab, LabState state, Input.RulesWanted wanted, Stamp stamp) {
        String version = RuleSet.version(wanted.files());
        if (version.equals(state.ruleState().version()) || !problemsOf(wanted).isEmpty()) {
            return Decision.of(List.of());
        }
        List<What.Suspended> suspended =
                RuleSet.compile(wanted.files()) instanceof Compilation.Compiled(RuleSet next)
                        ? state.ruleState().stillSuspended(next.in(lab.value()))
                        : List.of();
        return changed(
                lab,
                state,
                wanted.position(),
                stamp,
                "",
                new What.RulesChanged(version, wanted.files(), wanted.author(), suspended));
    }

    /** The other rules go on as they are. */
    private static Decision failing(
            LabName lab, LabState state, Input.CodeFailing failing, Stamp stamp) {
        RuleState rules = state.ruleState();
        if (!CodeQuestion.canBeSuspended(state, failing.rule())) {
            return Decision.of(List.of());
        }
        List<What.Suspended> suspended = new ArrayList<>(rules.suspended());
        suspended.add(new What.Suspended(failing.rule(), failing.why()));
        return changed(
                lab,
                state,
                null,
                stamp,
                "%s is suspended until its file changes: %s"
                        .formatted(failing.rule(), failing.why()),
                new What.RulesChanged(rules.version(), rules.files(), "", suspended));
    }

    private static Decision changed(
            LabName lab,
            LabState state,
            @Nullable InputPosition cause,
            Stamp stamp,
            String detail,
            What.RulesChanged change) {
        @Nullable Session running = state.session();
        return Decision.of(
                List.of(
                        new SessionEvent(
                                lab,
                                running == null ? null : running.id(),
                                running == null ? 0 : running.nextSequence(),
                                stamp,
                                cause,
                                null,
                                Verdict.OBSERVED,
                                detail,
                                List.of(),
                                change)));
    }

    private static Decision wanted(
            LabName lab, LabState state, Input.SessionWanted input, Stamp stamp) {
        if (state.hadSession(input.session())) {
            return Decision.of(List.of());
        }
        List<SessionEvent> events = new ArrayList<>(2);
        @Nullable Session running = state.session();
        if (running != null) {
            events.add(ended(lab, running, EndReason.REQUESTED, input.position(), stamp));
        }
        events.add(started(lab, input.session(), state.nextOrdinal(), input.position(), stamp));
        return Decision.of(events);
    }

    private static Decision endWanted(
            LabName lab, LabState state, Input.SessionEndWanted input, Stamp stamp) {
        @Nullable Session running = state.session();
        if (running == null || !running.id().equals(input.session())) {
            return Decision.of(List.of());
        }
        return Decision.of(
                List.of(ended(lab, running, EndReason.REQUESTED, input.position(), stamp)));
    }

    private Decision quiet(LabName lab, LabState state, Stamp stamp) {
        @Nullable Session running = state.session();
        long bound = state.flows().isAnyOpen() ? SILENCE_WITH_OPEN_FLOWS * idleMicros : idleMicros;
        if (running == null || stamp.nowMicros() - state.lastActivityMicros() < bound) {
            return Decision.of(List.of());
        }
        return Decision.of(List.of(ended(lab, running, EndReason.IDLE, null, stamp)));
    }

    private static SessionEvent started(
            LabName lab, SessionId session, long ordinal, InputPosition cause, Stamp stamp) {
        return ofSession(lab, session, 1, cause, stamp, new What.Started(ordinal));
    }

    private static SessionEvent ended(
            LabName lab,
            Session session,
            EndReason reason,
            @Nullable InputPosition cause,
            Stamp stamp) {
        return ofSession(
                lab, session.id(), session.nextSequence(), cause, stamp, new What.Ended(reason));
    }

    private static SessionEvent ofSession(
            LabName lab,
            @Nullable SessionId session,
            long sequence,
            @Nullable InputPosition cause,
            Stamp stamp,
            What what) {
        return new SessionEvent(
                lab, session, sequence, stamp, cause, null, Verdict.OBSERVED, "", List.of(), what);
    }

    private static boolean concernsLabOnly(Happening what) {
        return what instanceof Happening.RunStarted
                || what instanceof Happening.RunStopped
                || what instanceof Happening.StrangerSeen;
    }

    /** Never by chance: decided again, the session has the same name. */
    private static SessionId nameSession(AdapterEvent cause, long ordinal) {
        String name = "%s/%d/%s/%d".formatted(cause.lab(), ordinal, cause.run(), cause.sequence());
        return new SessionId(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)));
    }
}
