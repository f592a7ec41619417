package kontor.orchestrator.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.reload.LabReloads.Report;
import kontor.orchestrator.reload.LabReloads.Running;
import kontor.orchestrator.reload.ReloadStatus.Timing;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Decides what comes next in a lab, by what is folded and the time alone; changes nothing. Asked
 * again in the same state it wants the same again.
 *
 * <p>The way back, phase by phase, when its deadline passes: FREEZING and RESTARTING fail with all
 * games thawed and the old process at work; HANDING_OVER fails where the old owner still is, or
 * again is, and is over where another is; VERIFYING goes on and says that nothing was verified, or
 * which reader of logs stands still; THAWING completes and names who has not answered, for adapters
 * thaw by themselves.
 */
final class ReloadPlan {

    private final Self self;
    private final PhaseLimits limits;

    /** The process that coordinates, and the epoch of its claim. */
    record Self(ProcessId process, long epoch) {}

    ReloadPlan(Self self, PhaseLimits limits) {
        this.self = self;
        this.limits = limits;
    }

    /**
     * @param live runs of the lab's instances that can be commanded
     * @return at most one record to write, behind the commands that belong to it
     */
    List<Effect> decide(
            LabName lab,
            LabReloads reloads,
            ReloadLog log,
            Map<InstanceName, RunId> live,
            long nowMicros) {
        return new Question(lab, reloads, log, live, nowMicros).answer();
    }

    /** One lab at one moment. */
    private final class Question {

        private final LabName lab;
        private final LabReloads reloads;
        private final ReloadLog log;
        private final Map<InstanceName, RunId> live;
        private final long now;
        private final List<Effect> effects = new ArrayList<>();

        Question(
                LabName lab,
                LabReloads reloads,
                ReloadLog log,
                Map<InstanceName, RunId> live,
                long now) {
            this.lab = lab;
            this.reloads = reloads;
            this.log = log;
            this.live = live;
            this.now = now;
        }

        List<Effect> answer() {
            thawWhatIsOverdue();
            freezeByHand();
            @Nullable Running running = reloads.running();
            List<Input.Wanted> open = reloads.open();
            if (!open.isEmpty() && (running != null || !isThere(open.getFirst()))) {
                refuse(open.getFirst(), running);
            } else if (!open.isEmpty()) {
                announce(open.getFirst());
            } else if (running != null) {
                goOn(running);
            }
            return effects;
        }

        /** Should a reload have ended while its last coordinator died: nobody stays frozen. */
        private void thawWhatIsOverdue() {
            live.forEach((instance, run) -> {
                @Nullable ReloadId id = reloads.overdue(instance, run);
                if (id != null) {
                    effects.add(new Effect.Thaw(lab, instance, run, id));
                }
            });
        }

        /** Adapters that have had it do nothing; a reload that freezes the games does so itself. */
        private void freezeByHand() {
            FreezesByHand.@Nullable ByHand wanted = reloads.frozenByHand(now);
            @Nullable Running running = reloads.running();
            if (wanted == null || (running != null && running.status().freeze())) {
                return;
            }
            long millis = TimeUnit.MICROSECONDS.toMillis(wanted.untilMicros() - now);
            int atMost = Math.clamp(millis, 1, Integer.MAX_VALUE);
            live.forEach((instance, run) ->
                    effects.add(new Effect.Freeze(lab, instance, run, wanted.id(), atMost)));
        }

        // ---- requests --------------------------------------------------------------------------

        /** A journal is there only where a process of that name has spoken. */
        private boolean isThere(Input.Wanted wanted) {
            return Service.of(wanted.service())
                    .filter(service -> service != Service.JOURNAL || current(service) != null)
                    .isPresent();
        }

        private void refuse(Input.Wanted wanted, @Nullable Running running) {
            String reason;
            if (isThere(wanted) && running != null) {
                reason =
                        "refused: reload %s of %s is under way, %s"
                                .formatted(
                                        running.status().id(),
                                        running.status().service(),
                                        running.status().phase());
            } else if (Service.of(wanted.service()).isPresent()) {
                reason =
                        ("refused: no process '%s' is running; orchestrator-service hosts the"
                                        + " journal")
                                .formatted(wanted.service());
            } else {
                reason =
                        "refused: there is no service '%s' to reload; there are %s"
                                .formatted(wanted.service(), Service.allWords());
            }
            write(wanted, Phase.FAILED, reason);
        }

        private void announce(Input.Wanted wanted) {
            write(wanted, Phase.ANNOUNCED, "");
        }

        private void write(Input.Wanted wanted, Phase phase, String detail) {
            @Nullable ProcessId before =
                    Service.of(wanted.service()).map(this::current).orElse(null);
            write(
                    new ReloadStatus(
                            wanted.id(),
                            wanted.service(),
                            wanted.freeze(),
                            phase,
                            now,
                            deadline(phase),
                            detail,
                            before,
                            null,
                            List.of(),
                            self.epoch()));
        }

        // ---- phases ----------------------------------------------------------------------------

        private void goOn(Running running) {
            switch (running.status().phase()) {
                case ANNOUNCED -> {
                    if (isLate(running)) {
                        boolean freeze = running.status().freeze();
                        begin(running, freeze ? Phase.FREEZING : Phase.RESTARTING);
                    }
                }
                case FREEZING -> freeze(running);
                case RESTARTING -> restart(running);
                case HANDING_OVER -> handOver(running);
                case VERIFYING -> verify(running);
                case THAWING -> thaw(running);
                case COMPLETED, FAILED -> throw new IllegalStateException(running.toString());
            }
        }

        private void freeze(Running running) {
            Map<InstanceName, RunId> missing = new LinkedHashMap<>();
            for (Map.Entry<InstanceName, RunId> game : live.entrySet()) {
                InstanceName instance = game.getKey();
                RunId run = game.getValue();
                switch (reloads.answer(instance, run)) {
                    case null -> missing.put(instance, run);
                    case FROZEN -> {}
                    case FAILED -> {
                        String why = reloads.answerDetail(instance);
                        fail(running, "%s could not be frozen: %s".formatted(instance, why));
                        return;
                    }
                    case THAWED -> {
                        fail(running, "%s went on before all stood still".formatted(instance));
                        return;
                    }
                }
            }
            if (missing.isEmpty()) {
                begin(running, Phase.RESTARTING);
            } else if (isLate(running)) {
                fail(running, "not frozen in time: " + names(missing.keySet()));
            } else {
                int atMost = limits.freezeAtMostMillis(running.status().deadlineMicros(), now);
                missing.forEach((instance, run) ->
                        effects.add(new Effect.Freeze(lab, instance, run, idOf(running), atMost)));
            }
        }

        private void restart(Running running) {
            thawAllWhereOneWentOn(running);
            Service service = Service.of(running.status().service()).orElseThrow();
            switch (service) {
                case ORCHESTRATOR -> {
                    if (hasTakenOver(running)) {
                        // The old one is displaced, and no hand-over is left to be done.
                        begin(running, Phase.VERIFYING, self.process(), "");
                        return;
                    }
                    awaitSuccessor(running, service, ProcessState.STANDBY, Phase.HANDING_OVER);
                }
                case ANALYSIS, GATEWAY, JOURNAL ->
                        awaitSuccessor(running, service, ProcessState.READY, Phase.VERIFYING);
            }
        }

        /** This process owns by now what the one that is replaced owned. */
        private boolean hasTakenOver(Running running) {
            return !self.process().equals(running.status().before());
        }

        private void awaitSuccessor(
                Running running, Service service, ProcessState state, Phase next) {
            @Nullable ProcessId successor = log.newest(service, state, running.earlierProcesses());
            if (successor != null) {
                begin(running, next, successor, "");
            } else if (isLate(running)) {
                @Nullable ProcessId before = running.status().before();
                boolean gone = before != null && log.hasStopped(before);
                fail(
                        running,
                        "no new process of %s was %s in time; the old one %s"
                                .formatted(
                                        service.word(), state, gone ? "has stopped" : "is kept"));
            }
        }

        private void handOver(Running running) {
            thawAllWhereOneWentOn(running);
            ReloadStatus status = running.status();
            @Nullable ProcessId successor = status.after();
            if (hasTakenOver(running)) {
                begin(running, Phase.VERIFYING, self.process(), "");
            } else if (self.epoch() > status.ownerEpoch()) {
                fail(running, "the successor did not take over; the old process did again");
            } else if (isLate(running)) {
                fail(running, "the old process did not hand over in time");
            } else if (successor != null) {
                effects.add(new Effect.HandOver(status.id(), successor));
            }
        }

        /** What stands still may get on again, and is waited for as long as a report would be. */
        private void verify(Running running) {
            thawAllWhereOneWentOn(running);
            @Nullable Report report = running.report();
            @Nullable String standing = log.standingStill(self.process());
            boolean isAnswered = report != null && (standing == null || !report.clean());
            if (!isAnswered && now < limits.verifiedBy(running)) {
                return;
            }
            String found = found(report, standing);
            List<InstanceName> early = goingOn(running);
            String detail =
                    early.isEmpty()
                            ? found
                            : "%s; games went on early: %s".formatted(found, names(early));
            Phase next = running.status().freeze() ? Phase.THAWING : Phase.COMPLETED;
            begin(running, next, running.status().after(), detail);
        }

        private static String found(@Nullable Report report, @Nullable String standing) {
            if (report == null && standing == null) {
                return "not verified: no gateway has answered in time";
            }
            boolean clean = report != null && report.clean() && standing == null;
            List<String> parts = new ArrayList<>();
            if (standing != null) {
                parts.add("standing still: " + standing);
            }
            if (report != null && !report.summary().isEmpty()) {
                parts.add(report.summary());
            }
            return (clean ? "continuity clean" : "CONTINUITY NOT CLEAN")
                    + (parts.isEmpty() ? "" : ": " + String.join("; ", parts));
        }

        private void thaw(Running running) {
            List<InstanceName> missing = new ArrayList<>();
            live.forEach((instance, run) -> {
                if (reloads.answer(instance, run) != FreezeAnswer.THAWED) {
                    missing.add(instance);
                    effects.add(new Effect.Thaw(lab, instance, run, idOf(running)));
                }
            });
            if (missing.isEmpty() || isLate(running)) {
                String detail = running.status().detail();
                begin(
                        running,
                        Phase.COMPLETED,
                        running.status().after(),
                        missing.isEmpty()
                                ? detail
                                : detail + "; have not said that they go on: " + names(missing));
            }
        }

        // ---- parts -----------------------------------------------------------------------------

        /** Games that stand still are no use to one that runs, and the other way round. */
        private void thawAllWhereOneWentOn(Running running) {
            if (!goingOn(running).isEmpty()) {
                thawAll(running);
            }
        }

        private List<InstanceName> goingOn(Running running) {
            List<InstanceName> found = new ArrayList<>();
            if (running.status().freeze()) {
                live.forEach((instance, run) -> {
                    if (reloads.answer(instance, run) == FreezeAnswer.THAWED) {
                        found.add(instance);
                    }
                });
            }
            return found;
        }

        private void thawAll(Running running) {
            if (running.status().freeze() && running.status().phase().mayFreeze()) {
                live.forEach((instance, run) ->
                        effects.add(new Effect.Thaw(lab, instance, run, idOf(running))));
            }
        }

        private void fail(Running running, String reason) {
            thawAll(running);
            begin(running, Phase.FAILED, running.status().after(), reason);
        }

        private void begin(Running running, Phase phase) {
            begin(running, phase, null, "");
        }

        private void begin(Running running, Phase phase, @Nullable ProcessId after, String detail) {
            ReloadStatus status = running.status();
            @Nullable ProcessId before =
                    phase == Phase.RESTARTING
                            ? Service.of(status.service()).map(this::current).orElse(null)
                            : status.before();
            List<Timing> timings = phase.isFinal() ? running.passedAt(now) : List.of();
            write(
                    new ReloadStatus(
                            status.id(),
                            status.service(),
                            status.freeze(),
                            phase,
                            now,
                            deadline(phase),
                            detail,
                            before,
                            after,
                            timings,
                            self.epoch()));
        }

        /** The process that would be replaced now. */
        private @Nullable ProcessId current(Service service) {
            return service == Service.ORCHESTRATOR
                    ? self.process()
                    : log.newest(service, ProcessState.READY, Set.of());
        }

        private void write(ReloadStatus status) {
            effects.add(new Effect.Write(lab, status));
        }

        private long deadline(Phase phase) {
            return phase.isFinal() ? 0 : now + limits.micros(phase);
        }

        private boolean isLate(Running running) {
            return now >= running.status().deadlineMicros();
        }

        private static ReloadId idOf(Running running) {
            return running.status().id();
        }

        private static String names(Collection<InstanceName> instances) {
            return instances.stream().map(InstanceName::value).collect(Collectors.joining(", "));
        }
    }
}
