package kontor.orchestrator.ownership;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import kontor.orchestrator.ownership.OwnerEffect.News;
import kontor.orchestrator.ownership.OwnerInput.Control;
import kontor.orchestrator.reload.Effect;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.reload.Input.Tick;
import kontor.orchestrator.reload.ProcessId;
import kontor.orchestrator.reload.ReloadCoordinator;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.LabState;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.rules.RuleProblem;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * The relay of one owned partition: takes an input, decides, folds, sends the session event and its
 * commands; waits for no acknowledgement. Beside that it coordinates the reloads of the partition's
 * labs and says that it is there.
 */
final class Relay {

    /** The most records that one request makes. */
    private static final int MOST_OF_ONE = 2;

    private static final long SHORTEST_POLL_MICROS = 1_000;

    private final Duration longestPoll;
    private final int mostAtOnce;
    private final PartitionLog log;
    private final Tenure tenure;
    private final Outbox out;
    private final Sequencer sequencer;
    private final ReloadCoordinator coordinator;
    private final CheckpointDesk checkpoints;
    private final SignSchedule signs;
    private final HoldFreezes freezes = new HoldFreezes();
    private final CodeDesk codes;

    /** Requests that change how packets are decided, and those behind them, in their order. */
    private final Queue<Control.Asked> unsettled = new ArrayDeque<>();

    /** What was settled and may be said once its record is safe. */
    private final List<Message> unsaid = new ArrayList<>();

    /** What a predecessor may have decided ends before it; -1: not known. */
    private long barrier = -1;

    private boolean isPastBarrier;

    /**
     * @param log folded up to the own claim
     */
    Relay(
            OwnerRules rules,
            PartitionLog log,
            Tenure tenure,
            Outbox out,
            CheckpointDesk checkpoints,
            long nowNanos) {
        this.log = log;
        this.tenure = tenure;
        this.out = out;
        this.checkpoints = checkpoints;
        this.longestPoll = rules.pollTimeout();
        this.mostAtOnce = rules.reissueEvents();
        this.sequencer = new Sequencer(rules.sessionIdle());
        this.signs = new SignSchedule(rules.signInterval(), nowNanos);
        this.codes = new CodeDesk(out);
        this.coordinator =
                new ReloadCoordinator(
                        new ProcessId(rules.processId()),
                        log.epoch(),
                        rules.reload(),
                        this::liveRuns);
    }

    /** The runs of a lab's instances that can be commanded. */
    Map<InstanceName, RunId> liveRuns(LabName lab) {
        Map<InstanceName, RunId> live = new LinkedHashMap<>();
        for (LabState.Target target : log.lab(lab).targets()) {
            live.put(target.instance(), target.run());
        }
        return live;
    }

    /** Before each poll. */
    void lookUp(Moment now) {
        for (LabName lab : log.labs()) {
            kontor.orchestrator.reload.@Nullable Input wanted = freezes.next(lab, log.lab(lab));
            if (wanted != null) {
                heard(wanted, now);
            }
        }
        if (signs.isDue(now.nanos())) {
            out.send(new Message.Sign(ProcessState.READY, log.epoch()));
        }
        heard(new Tick(), now);
    }

    void captured(OwnerInput.Captured in, Moment now) {
        perform(decide(in.event().lab(), new Input.Captured(in.event(), in.position()), now), now);
        passed(in.position().offset() + 1);
        if (in.answer() != null) {
            heard(in.answer(), now);
        }
    }

    /** To be called first. */
    void begin(Moment now) {
        codes.begin(log, now.wallMicros());
    }

    /** Rules in Java have answered. */
    void answered(OwnerInput.CodeAnswered in) {
        codes.answered(in, log.lab(in.lab()));
    }

    void control(Control control, Moment now) {
        switch (control) {
            case Control.Asked asked -> {
                // The topic is read from further back, for the sake of reloads.
                if (asked.position().offset() >= log.nextOffset(asked.position().topic())) {
                    asked(asked, now);
                }
            }
            case Control.Heard heard -> heard(heard.what(), now);
            case Control.Ended _ -> {}
        }
    }

    /** Whether requests wait that were taken: they are decided on in time, whatever comes. */
    boolean hasUnsettled() {
        return !unsettled.isEmpty();
    }

    /** What is behind one that waits, waits: a new owner goes on behind the last that was done. */
    private void asked(Control.Asked asked, Moment now) {
        boolean settles =
                asked.input() instanceof Input.RulesWanted
                        || asked.input() instanceof Input.HeldWanted;
        if (settles || !unsettled.isEmpty()) {
            unsettled.add(asked);
        } else {
            perform(decide(asked.lab(), asked.input(), now), now);
        }
    }

    // Other rules, and what goes on that waited. A predecessor may have decided packets whose
    // session events did not survive it, while their commands did: those are decided again by the
    // rules that it had. It cannot have read further than to the end of the packets once its fence
    // stands.

    /**
     * Whether it must be known how far the packets go before a request can be settled.
     *
     * @param empty whether the last poll brought nothing
     */
    boolean wantsInputEnd(boolean empty, Moment now) {
        return !isPastBarrier
                && (barrier < 0 || empty)
                && (hasToSettle() || nextDueMicros() <= now.wallMicros());
    }

    private boolean hasToSettle() {
        return !unsettled.isEmpty() || !codes.failing().isEmpty();
    }

    private long nextDueMicros() {
        long next = Long.MAX_VALUE;
        for (LabName lab : log.labs()) {
            next = Math.min(next, nextDueMicros(lab));
        }
        return next;
    }

    private long nextDueMicros(LabName lab) {
        return log.lab(lab).nextDueMicros(codes.of(lab));
    }

    /** How long there is nothing to do if no input comes. */
    Duration patience(Moment now) {
        boolean settles = isPastBarrier && hasToSettle();
        // Answers are taken between polls: nothing ends a poll for them.
        long left = settles || codes.isAsking() ? 0 : nextDueMicros() - now.wallMicros();
        return left >= longestPoll.toNanos() / 1_000
                ? longestPoll
                : Duration.ofNanos(Math.max(SHORTEST_POLL_MICROS, left) * 1_000);
    }

    void endKnown(OwnerInput.InputEndKnown known) {
        if (barrier < 0) {
            barrier = known.end();
        }
        isPastBarrier |= known.allRead();
    }

    private void passed(long position) {
        isPastBarrier |= barrier >= 0 && position >= barrier;
    }

    /**
     * Decides on the requests that wait, if their time has come, and on what is due; each a
     * microsecond after the one before, as checkpoints tell records of no session apart by their
     * time. Commands that follow wait for {@link #settled}: they come behind all these records, so
     * there are no more of them than a successor sends the commands of again.
     *
     * @return whether anything was sent; nothing may be decided until that is acknowledged
     */
    boolean settle(Moment now) {
        if (!isPastBarrier) {
            return false;
        }
        int changes = 0;
        while (!unsettled.isEmpty() && isRoomBehind(changes)) {
            Control.Asked asked = unsettled.remove();
            changes += settle(asked.lab(), answered(asked), now, changes);
            if (asked.input() instanceof Input.RulesWanted wanted) {
                List<RuleProblem> problems = Sequencer.problemsOf(wanted);
                if (!problems.isEmpty()) {
                    out.publish(new News.RulesRefused(asked.lab(), problems));
                }
            }
        }
        while (!codes.failing().isEmpty() && isRoomBehind(changes)) {
            CodeDesk.Failing failing = codes.failing().remove();
            changes += settle(failing.lab(), failing.input(), now, changes);
        }
        for (LabName lab : log.labs()) {
            int gone = -1;
            while (gone != 0 && isRoomBehind(changes) && nextDueMicros(lab) <= now.wallMicros()) {
                gone = settle(lab, new Input.Due(codes.of(lab)), now, changes);
                changes += gone;
            }
        }
        if (changes > 0) {
            checkpoints.onFolded(log, changes, out.sent() + unsaid.size(), now.nanos());
        }
        return changes > 0;
    }

    /** What a person lets go on as it is, rules in Java may have changed. */
    private Input answered(Control.Asked asked) {
        return asked.input() instanceof Input.HeldWanted wanted
                ? wanted.answered(codes.of(asked.lab()).about(wanted.number()))
                : asked.input();
    }

    private boolean isRoomBehind(int changes) {
        return changes == 0 || changes + MOST_OF_ONE <= mostAtOnce;
    }

    private int settle(LabName lab, Input input, Moment now, int changes) {
        Moment then = new Moment(now.nanos(), now.wallMicros() + changes);
        Decision decision = decide(lab, input, then);
        for (SessionEvent event : decision.events()) {
            unsaid.addAll(fold(event));
            out.send(new Message.Entry(event));
        }
        out.publish(new News.Decided(decision));
        return decision.events().size();
    }

    /**
     * The log has the records, and no other's claim before them: their commands go out.
     *
     * @return whether there are any; nothing may be decided until they are acknowledged
     */
    boolean settled() {
        boolean any = !unsaid.isEmpty();
        unsaid.forEach(out::send);
        unsaid.clear();
        return any;
    }

    /** Whether something follows from silence, should there be silence. */
    boolean isQuietOfInterest(Moment now) {
        for (LabName lab : log.labs()) {
            if (!decide(lab, new Input.Quiet(), now).events().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param allRead an empty poll may also mean that the broker is away: silence must be known
     */
    void quiet(boolean allRead, Moment now) {
        for (LabName lab : log.labs()) {
            Decision decision = decide(lab, new Input.Quiet(), now);
            if (decision.events().isEmpty()) {
                continue;
            }
            if (allRead) {
                perform(decision, now);
            } else {
                log.lab(lab).touch(now.wallMicros());
            }
        }
    }

    private Decision decide(LabName lab, Input input, Moment now) {
        Stamp stamp = new Stamp(log.epoch(), now.wallMicros());
        return sequencer.decide(lab, log.lab(lab), input, stamp);
    }

    /**
     * All messages are made before the first is sent. Which of them survives a crash does not
     * matter, for what was lost is decided again in the same words.
     */
    private void perform(Decision decision, Moment now) {
        List<Message> messages = new ArrayList<>();
        for (SessionEvent event : decision.events()) {
            messages.addAll(fold(event));
            messages.add(new Message.Entry(event));
        }
        if (!messages.isEmpty()) {
            long before = out.sent() + messages.size() - 1;
            checkpoints.onFolded(log, decision.events().size(), before, now.nanos());
        }
        messages.forEach(out::send);
        out.publish(new News.Decided(decision));
    }

    /** Takes an event of its own in; returns the commands that belong to it. */
    private List<Message> fold(SessionEvent event) {
        List<Message> orders = new ArrayList<>();
        for (Command command : log.fold(new LogRecord.Entry(event)).commands()) {
            orders.add(new Message.Order(command, log.epoch(), event.stamp().nowMicros()));
        }
        codes.folded(event, log.lab(event.lab()));
        return orders;
    }

    private void heard(kontor.orchestrator.reload.Input input, Moment now) {
        for (Effect effect : coordinator.on(input, now.wallMicros())) {
            switch (effect) {
                case Effect.Write write -> out.send(new Message.Phase(write));
                case Effect.Freeze freeze -> out.send(new Message.Freeze(freeze, log.epoch()));
                case Effect.Thaw thaw -> out.send(new Message.Thaw(thaw, log.epoch()));
                case Effect.HandOver handOver ->
                        tenure.on(new Tenure.Input.HandOverWanted(handOver.successor().value()));
            }
        }
    }
}
