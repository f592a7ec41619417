package kontor.local.supervision;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kontor.local.plan.Role;
import kontor.local.plan.StackPlan;

/**
 * Starts each process once those it needs have been ready, a few at a time; stops role by role in
 * the opposite order, with a bound for each. A process that dies takes nobody with it.
 *
 * <p>Owned by one thread. Every effect names the life of the process that it is meant for.
 */
public final class Supervision {

    private final SupervisionSettings settings;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private boolean stopping;

    /** All processes wait; the first {@link Input.Tick} starts those that need nobody. */
    public Supervision(StackPlan plan, SupervisionSettings settings, long nowNanos) {
        this.settings = settings;
        plan.processes().forEach(spec -> members.put(spec.name(), new Member(spec, nowNanos)));
    }

    /**
     * @throws IllegalArgumentException where the input names a process that is not in the plan
     */
    public List<Effect> on(Input input, long nowNanos) {
        List<Effect> effects = new ArrayList<>();
        switch (input) {
            case Input.Tick() -> {}
            case Input.Launched(String name, int life, ProcessIdentity identity) ->
                    onLaunched(name, life, identity, effects);
            case Input.LaunchFailed(String name, int life, String reason) ->
                    onLaunchFailed(name, life, reason, nowNanos, effects);
            case Input.BecameReady(String name, int life, List<String> warnings) ->
                    onReady(name, life, warnings, nowNanos, effects);
            case Input.Exited(String name, int life, int exitCode) ->
                    onExited(name, life, exitCode, nowNanos, effects);
            case Input.Start(String name) -> onStart(member(name), nowNanos);
            case Input.Stop(String name) -> stop(member(name), nowNanos, effects);
            case Input.Kill(String name) -> onKill(member(name), effects);
            case Input.StopAll() -> stopping = true;
        }
        if (stopping) {
            goOnStopping(nowNanos, effects);
        } else {
            goOnStarting(nowNanos, effects);
        }
        watchDeadlines(nowNanos, effects);
        return effects;
    }

    public List<ProcessState> processes() {
        return members.values().stream().map(Member::state).toList();
    }

    public StackPhase phase() {
        List<Phase> phases = members.values().stream().map(member -> member.phase).toList();
        if (stopping) {
            return phases.stream().noneMatch(Phase::live)
                    ? StackPhase.STOPPED
                    : StackPhase.STOPPING;
        }
        if (phases.contains(Phase.DIED)) {
            return StackPhase.IMPAIRED;
        }
        return phases.contains(Phase.WAITING) || phases.contains(Phase.STARTING)
                ? StackPhase.STARTING
                : StackPhase.READY;
    }

    private void onLaunched(String name, int life, ProcessIdentity identity, List<Effect> effects) {
        Member member = member(name);
        if (member.life != life) {
            return;
        }
        member.identity = identity;
        if (member.phase == Phase.STOPPING) {
            // Asked to stop while it was being prepared: it has not heard of it yet.
            effects.add(new Effect.Terminate(name, life));
        }
    }

    private void onLaunchFailed(
            String name, int life, String reason, long nowNanos, List<Effect> effects) {
        Member member = member(name);
        if (member.life != life) {
            return;
        }
        if (member.phase == Phase.STOPPING) {
            member.enter(Phase.STOPPED, nowNanos);
            return;
        }
        member.note = reason;
        member.enter(Phase.DIED, nowNanos);
        effects.add(new Effect.Report(name + " could not be started: " + reason));
    }

    private void onReady(
            String name, int life, List<String> warnings, long nowNanos, List<Effect> effects) {
        Member member = member(name);
        if (member.life != life || member.phase != Phase.STARTING) {
            return;
        }
        member.readyAfterNanos = nowNanos - member.changedNanos;
        member.note = warnings.isEmpty() ? null : String.join("; ", warnings);
        member.attempts = 0;
        member.hasBeenReady = true;
        member.enter(Phase.READY, nowNanos);
        warnings.forEach(warning -> effects.add(new Effect.Report(name + ", warning: " + warning)));
    }

    private void onExited(
            String name, int life, int exitCode, long nowNanos, List<Effect> effects) {
        Member member = member(name);
        if (member.life != life || !member.phase.live()) {
            return;
        }
        member.exitCode = exitCode;
        if (member.phase == Phase.STOPPING) {
            member.enter(Phase.STOPPED, nowNanos);
            return;
        }
        boolean wasReady = member.phase == Phase.READY;
        String cause = describe(exitCode);
        String sequel = "";
        Optional<Long> pauseNanos = pauseBeforeNextLife(member, wasReady);
        if (pauseNanos.isPresent()) {
            member.notBeforeNanos = nowNanos + pauseNanos.get();
            member.enter(Phase.WAITING, nowNanos);
            sequel = "; is started again";
        } else {
            if (member.note == null || wasReady) {
                member.note = cause;
            }
            member.enter(Phase.DIED, nowNanos);
        }
        effects.add(new Effect.Report(name + " ended by itself: " + cause + sequel));
    }

    private Optional<Long> pauseBeforeNextLife(Member member, boolean wasReady) {
        if (stopping || member.givenUp) {
            return Optional.empty();
        }
        if (!wasReady) {
            return member.attempts < member.spec.startAttempts()
                    ? Optional.of(settings.attemptPause().toNanos())
                    : Optional.empty();
        }
        return switch (settings.restartPolicy()) {
            case RestartPolicy.Never() -> Optional.empty();
            case RestartPolicy.Always(var pause) -> Optional.of(pause.toNanos());
        };
    }

    private void onStart(Member member, long nowNanos) {
        if (!stopping && !member.phase.live()) {
            member.attempts = 0;
            member.notBeforeNanos = nowNanos;
            member.enter(Phase.WAITING, nowNanos);
        }
    }

    private static void onKill(Member member, List<Effect> effects) {
        if (member.phase.live()) {
            // Not tried again, as a process would be that falls over while starting.
            member.givenUp = true;
            effects.add(new Effect.Kill(member.spec.name(), member.life));
        }
    }

    private void goOnStarting(long nowNanos, List<Effect> effects) {
        long starting = inPhase(Phase.STARTING).count();
        for (Member member : members.values()) {
            if (starting >= settings.startingAtOnce()) {
                return;
            }
            if (member.phase == Phase.WAITING
                    && nowNanos >= member.notBeforeNanos
                    && member.spec.after().stream().allMatch(name -> member(name).hasBeenReady)) {
                starting++;
                member.life++;
                member.attempts++;
                member.givenUp = false;
                member.identity = null;
                member.exitCode = null;
                member.readyAfterNanos = null;
                member.note = null;
                member.enter(Phase.STARTING, nowNanos);
                effects.add(new Effect.Launch(member.spec.name(), member.life));
            }
        }
    }

    private void goOnStopping(long nowNanos, List<Effect> effects) {
        inPhase(Phase.WAITING).forEach(member -> member.enter(Phase.STOPPED, nowNanos));
        members.values().stream()
                .filter(member -> member.phase.live())
                .map(member -> member.spec.role())
                .max(Role::compareTo)
                .ifPresent(last ->
                        members.values().stream()
                                .filter(member -> member.spec.role() == last)
                                .forEach(member -> stop(member, nowNanos, effects)));
    }

    private static void stop(Member member, long nowNanos, List<Effect> effects) {
        switch (member.phase) {
            case STARTING, READY -> {
                member.enter(Phase.STOPPING, nowNanos);
                if (member.identity != null) {
                    effects.add(new Effect.Terminate(member.spec.name(), member.life));
                }
            }
            case WAITING -> member.enter(Phase.STOPPED, nowNanos);
            case STOPPING, STOPPED, DIED -> {}
        }
    }

    private void watchDeadlines(long nowNanos, List<Effect> effects) {
        inPhase(Phase.STARTING)
                .filter(member -> !member.givenUp)
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
        effects.add(new Effect.Report(member.spec.name() + " is " + member.note));
        effects.add(new Effect.Kill(member.spec.name(), member.life));
    }

    private static void runOutOfPatience(Member member, long nowNanos, List<Effect> effects) {
        // The clock begins again, so that a kill that was not carried out is repeated.
        member.changedNanos = nowNanos;
        member.note = "did not stop when asked, was killed";
        effects.add(new Effect.Report(member.spec.name() + " " + member.note));
        effects.add(new Effect.Kill(member.spec.name(), member.life));
    }

    private Stream<Member> inPhase(Phase phase) {
        return List.copyOf(members.values()).stream().filter(member -> member.phase == phase);
    }

    private Member member(String name) {
        if (!members.containsKey(name)) {
            throw new IllegalArgumentException(
                    "there is no process '%s'; there are %s".formatted(name, members.keySet()));
        }
        return requireNonNull(members.get(name));
    }

    static String describe(int exitCode) {
        return exitCode > 128 ? "killed by signal " + (exitCode - 128) : "exit status " + exitCode;
    }
}
