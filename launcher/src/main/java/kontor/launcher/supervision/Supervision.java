package kontor.launcher.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.Role;
import kontor.launcher.plan.StackPlan;

/**
 * Starts each process once those it needs have been ready, a few at a time; stops role by role in
 * the opposite order, with a bound for each. A process that dies takes nobody with it; what follows
 * is the {@link RestartPolicy}'s.
 *
 * <p>Owned by one thread. Every effect names the life of the process that it is meant for.
 */
public final class Supervision {

    private final SupervisionSettings settings;
    private final Roster roster = new Roster();
    private final Reloading reloading = new Reloading(roster);
    private final WarmStandby standby;
    private boolean stopping;

    /** All processes wait; the first {@link Input.Tick} starts those that need nobody. */
    public Supervision(StackPlan plan, SupervisionSettings settings, long nowNanos) {
        this.settings = settings;
        this.standby = new WarmStandby(roster, plan, settings.standby());
        plan.processes()
                .forEach(spec -> roster.add(new Member(spec, Standing.IN_CHARGE, nowNanos)));
    }

    /**
     * @throws IllegalArgumentException if the input names a process that is not in the plan
     */
    public List<Effect> on(Input input, long nowNanos) {
        List<Effect> effects = new ArrayList<>();
        switch (input) {
            case Input.Tick() -> {}
            case Input.Launched(String name, int life, ProcessIdentity identity, String id) ->
                    roster.of(name, life)
                            .ifPresent(member -> onLaunched(member, identity, id, effects));
            case Input.LaunchFailed(String name, int life, String reason) ->
                    roster.of(name, life)
                            .ifPresent(member -> onLaunchFailed(member, reason, nowNanos, effects));
            case Input.BecameReady(String name, int life, List<String> warnings) ->
                    roster.of(name, life)
                            .ifPresent(member -> onReady(member, warnings, nowNanos, effects));
            case Input.Exited(String name, int life, int exitCode) ->
                    roster.of(name, life)
                            .ifPresent(member -> onExited(member, exitCode, nowNanos, effects));
            case Input.Start(String name) -> onStart(roster.get(name), nowNanos);
            case Input.Stop(String name) -> {
                Member member = roster.get(name);
                standby.with(member).ifPresent(other -> Endings.stop(other, nowNanos, effects));
                Endings.stop(member, nowNanos, effects);
            }
            case Input.Kill(String name) -> onKill(roster.get(name), effects);
            case Input.ReloadHeard(ReloadNews news, ProcessSpec renewed) -> {
                if (!stopping) {
                    reloading.on(news, renewed, nowNanos, effects);
                }
            }
            case Input.Replanned(StackPlan plan) -> standby.onReplanned(plan);
            case Input.OwnerHeard(String processId, long epoch) -> {
                reloading.onOwner(processId, epoch);
                standby.onOwner(processId, nowNanos, effects);
            }
            case Input.StopAll() -> {
                stopping = true;
                reloading.stop();
            }
        }
        if (stopping) {
            goOnStopping(nowNanos, effects);
        } else {
            goOnStarting(nowNanos, effects);
            standby.keep(nowNanos, effects);
        }
        watchDeadlines(nowNanos, effects);
        return effects;
    }

    /** All, each followed by the one that stands beside it for a while. */
    public List<ProcessState> processes() {
        return roster.all().stream().map(Member::state).toList();
    }

    public StackPhase phase() {
        if (stopping) {
            return roster.all().stream().noneMatch(member -> member.phase.live())
                    ? StackPhase.STOPPED
                    : StackPhase.STOPPING;
        }
        List<Phase> phases = roster.leaders().stream().map(member -> member.phase).toList();
        if (phases.contains(Phase.DIED)) {
            return StackPhase.IMPAIRED;
        }
        return phases.contains(Phase.WAITING) || phases.contains(Phase.STARTING)
                ? StackPhase.STARTING
                : StackPhase.READY;
    }

    private static void onLaunched(
            Member member, ProcessIdentity identity, String processId, List<Effect> effects) {
        member.identity = identity;
        member.processId = processId;
        if (member.phase == Phase.STOPPING) {
            // Asked to stop while it was being prepared: it has not heard of it yet.
            effects.add(new Effect.Terminate(member.name(), member.life));
        }
    }

    private void onLaunchFailed(Member member, String reason, long nowNanos, List<Effect> effects) {
        if (member.phase == Phase.STOPPING) {
            onStopped(member, nowNanos, effects);
            return;
        }
        effects.add(new Effect.Report(member.name() + " could not be started: " + reason));
        if (fallsBack(member, nowNanos, effects)) {
            return;
        }
        member.note = reason;
        if (isTriedAgain(member)) {
            // It has run before: what is in its way, such as a full disk, may pass.
            Duration pause = pauseBeforeNextLife(member, nowNanos).orElse(settings.attemptPause());
            member.pauseUntil(nowNanos + pause.toNanos(), nowNanos);
            return;
        }
        member.enter(Phase.DIED, nowNanos);
        if (member.standing != Standing.IN_CHARGE) {
            onGone(member, nowNanos, effects);
        }
    }

    private boolean isTriedAgain(Member member) {
        return member.standing == Standing.IN_CHARGE
                && member.hasBeenReady
                && !member.killed
                && !stopping
                && settings.restartPolicy() instanceof RestartPolicy.Always;
    }

    /** One that stood beside the one in charge. */
    private void onGone(Member member, long nowNanos, List<Effect> effects) {
        if (member.standing == Standing.STANDBY) {
            standby.onGone(member, nowNanos);
        }
        reloading.onGone(member, nowNanos, effects);
    }

    private static void onReady(
            Member member, List<String> warnings, long nowNanos, List<Effect> effects) {
        if (member.phase != Phase.STARTING) {
            return;
        }
        member.readyAfterNanos = nowNanos - member.changedNanos;
        member.note = warnings.isEmpty() ? member.standingNote() : String.join("; ", warnings);
        member.attempts = 0;
        member.hasBeenReady = true;
        member.former = null;
        member.enter(Phase.READY, nowNanos);
        warnings.forEach(
                warning -> effects.add(new Effect.Report(member.name() + ", warning: " + warning)));
    }

    private void onExited(Member member, int exitCode, long nowNanos, List<Effect> effects) {
        if (!member.phase.live()) {
            return;
        }
        member.exitCode = exitCode;
        if (member.phase == Phase.STOPPING) {
            onStopped(member, nowNanos, effects);
            return;
        }
        String cause = Endings.describe(exitCode);
        if (member.standing != Standing.IN_CHARGE) {
            if (!member.killed) {
                effects.add(
                        new Effect.Report(
                                "%s, standing by, exited: %s".formatted(member.name(), cause)));
            }
            onGone(member, nowNanos, effects);
            member.enter(Phase.DIED, nowNanos);
            return;
        }
        if (!stopping && !member.killed && standby.with(member).isPresent()) {
            effects.add(new Effect.Report("%s exited: %s".formatted(member.name(), cause)));
            if (standby.takesOver(member, nowNanos, effects)) {
                member.enter(Phase.DIED, nowNanos);
                return;
            }
        }
        Optional<Duration> pause = pauseBeforeNextLife(member, nowNanos);
        effects.add(
                new Effect.Report(
                        "%s exited: %s%s".formatted(member.name(), cause, sequel(pause))));
        if (fallsBack(member, nowNanos, effects)) {
            return;
        }
        if (member.note == null || member.phase == Phase.READY) {
            member.note = cause;
        }
        if (pause.isPresent()) {
            member.pauseUntil(nowNanos + pause.get().toNanos(), nowNanos);
        } else {
            member.enter(Phase.DIED, nowNanos);
        }
    }

    private static String sequel(Optional<Duration> pause) {
        return pause.map(duration ->
                        duration.isZero()
                                ? "; restarting"
                                : "; restarting in %.1f s".formatted(duration.toMillis() / 1000.0))
                .orElse("");
    }

    private void onStopped(Member member, long nowNanos, List<Effect> effects) {
        member.enter(Phase.STOPPED, nowNanos);
        if (member.standing != Standing.IN_CHARGE) {
            onGone(member, nowNanos, effects);
        } else if (member.next != null && !stopping) {
            member.spec = member.next;
            member.next = null;
            member.attempts = 0;
            member.pauseUntil(nowNanos, nowNanos);
        }
    }

    /** Back to what it was like before a reload, where what came after never became ready. */
    private boolean fallsBack(Member member, long nowNanos, List<Effect> effects) {
        if (member.former == null || member.killed || stopping) {
            return false;
        }
        member.spec = member.former;
        member.former = null;
        member.fellBack = true;
        member.attempts = 0;
        member.pauseUntil(nowNanos, nowNanos);
        effects.add(new Effect.Report(member.name() + " is restarted from the previous build"));
        return true;
    }

    private Optional<Duration> pauseBeforeNextLife(Member member, long nowNanos) {
        if (stopping || member.killed) {
            return Optional.empty();
        }
        if (!member.hasBeenReady) {
            return member.attempts < member.spec.startAttempts() && !member.givenUp
                    ? Optional.of(settings.attemptPause())
                    : Optional.empty();
        }
        return switch (settings.restartPolicy()) {
            case RestartPolicy.Never() ->
                    member.phase != Phase.READY && member.attempts < member.spec.startAttempts()
                            ? Optional.of(settings.attemptPause())
                            : Optional.empty();
            case RestartPolicy.Always always -> {
                boolean calm =
                        member.phase == Phase.READY
                                && nowNanos - member.changedNanos >= always.calm().toNanos();
                member.restarts = calm ? 0 : member.restarts;
                yield Optional.of(always.pause(member.restarts++));
            }
        };
    }

    private void onStart(Member member, long nowNanos) {
        if (!stopping && !member.phase.live()) {
            member.attempts = 0;
            member.pauseUntil(nowNanos, nowNanos);
        }
    }

    private void onKill(Member member, List<Effect> effects) {
        standby.with(member).ifPresent(other -> Endings.kill(other, effects));
        Endings.kill(member, effects);
    }

    private void goOnStarting(long nowNanos, List<Effect> effects) {
        long starting =
                roster.leaders().stream().filter(member -> member.phase == Phase.STARTING).count();
        for (Member member : roster.leaders()) {
            // Who comes back does not queue: those who are starting may be waiting for it.
            if (member.phase == Phase.WAITING
                    && (member.hasBeenReady || starting < settings.startingAtOnce())
                    && nowNanos >= member.notBeforeNanos
                    && member.spec.after().stream()
                            .allMatch(name -> roster.get(name).hasBeenReady)) {
                starting++;
                member.begin(roster.nextLife(member.name()), nowNanos);
                effects.add(new Effect.Launch(member.spec, member.life, false));
            }
        }
    }

    private void goOnStopping(long nowNanos, List<Effect> effects) {
        inPhase(Phase.WAITING).forEach(member -> member.enter(Phase.STOPPED, nowNanos));
        roster.all().stream()
                .filter(member -> member.phase.live())
                .map(member -> member.spec.role())
                .max(Role::compareTo)
                .ifPresent(last ->
                        roster.all().stream()
                                .filter(member -> member.spec.role() == last)
                                .forEach(member -> Endings.stop(member, nowNanos, effects)));
    }

    private void watchDeadlines(long nowNanos, List<Effect> effects) {
        inPhase(Phase.STARTING)
                .filter(member -> !member.givenUp && !member.killed)
                .filter(member ->
                        nowNanos - member.changedNanos > settings.startTimeout().toNanos())
                .forEach(member -> giveUp(member, effects));
        inPhase(Phase.STOPPING)
                .filter(member ->
                        nowNanos - member.changedNanos
                                > settings.stopPatience()
                                        * member.spec.role().stopTimeout().toNanos())
                .forEach(member -> runOutOfPatience(member, nowNanos, effects));
    }

    private void giveUp(Member member, List<Effect> effects) {
        member.givenUp = true;
        member.note = "not ready within %d s".formatted(settings.startTimeout().toSeconds());
        effects.add(new Effect.Report(member.name() + " is " + member.note));
        effects.add(new Effect.Kill(member.name(), member.life));
    }

    private static void runOutOfPatience(Member member, long nowNanos, List<Effect> effects) {
        // The clock begins again, so that a kill that was not carried out is repeated.
        member.changedNanos = nowNanos;
        member.note = "did not stop on SIGTERM, killed";
        effects.add(new Effect.Report(member.name() + " " + member.note));
        effects.add(new Effect.Kill(member.name(), member.life));
    }

    private Stream<Member> inPhase(Phase phase) {
        return roster.all().stream().filter(member -> member.phase == phase);
    }
}
