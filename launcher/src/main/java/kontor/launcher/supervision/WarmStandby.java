package kontor.launcher.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.Role;
import kontor.launcher.plan.StackPlan;

/**
 * A second orchestrator that has folded the log and takes over when the first dies: started on the
 * free one of its two ports once all are ready, made way for a reload's successor, and followed by
 * another one a while after it took over. It is always of the build that is in charge.
 */
final class WarmStandby {

    /** A JVM that starts takes processor time, which the one that has just taken over needs. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;

    private final Roster roster;
    private final boolean wanted;
    private StackPlan plan;
    private StackPlan newest;
    private int failures;
    private long notBeforeNanos = Long.MIN_VALUE;

    WarmStandby(Roster roster, StackPlan plan, boolean wanted) {
        this.roster = roster;
        this.plan = plan;
        this.newest = plan;
        this.wanted = wanted;
    }

    /** What is built now; it counts once that is in charge. */
    void onReplanned(StackPlan renewed) {
        newest = renewed;
    }

    /** Starts one where it is time for it. */
    void keep(long nowNanos, List<Effect> effects) {
        if (!wanted || nowNanos < notBeforeNanos || !allAreReady()) {
            return;
        }
        for (Member leader : roster.leaders()) {
            if (leader.spec.role() == Role.ORCHESTRATOR
                    && nowNanos - leader.changedNanos >= CALM.toNanos()
                    && roster.beside(leader.name()).isEmpty()) {
                place(leader)
                        .ifPresent(spec -> {
                            Member standby = new Member(spec, Standing.STANDBY, nowNanos);
                            roster.setBeside(standby);
                            standby.begin(roster.nextLife(standby.name()), nowNanos);
                            effects.add(new Effect.Launch(spec, standby.life, true));
                        });
            }
        }
    }

    private boolean allAreReady() {
        return roster.leaders().stream().allMatch(member -> member.phase == Phase.READY);
    }

    /** Beside that leader; empty if the plan has no other port for it. */
    private Optional<ProcessSpec> place(Member leader) {
        if (isOf(newest, leader.spec)) {
            plan = newest;
        }
        ProcessSpec spec = plan.following(leader.spec);
        return spec.port().equals(leader.spec.port()) ? Optional.empty() : Optional.of(spec);
    }

    private static boolean isOf(StackPlan plan, ProcessSpec spec) {
        return Stream.concat(plan.processes().stream(), plan.successors().stream())
                .anyMatch(spec::equals);
    }

    /**
     * The one in charge has died.
     *
     * @return whether another takes over, so that nobody has to be started in its place
     */
    boolean takesOver(Member dead, long nowNanos, List<Effect> effects) {
        Optional<Member> found =
                roster.beside(dead.name())
                        .filter(member -> member.standing == Standing.STANDBY)
                        .filter(member -> !member.killed && !member.givenUp)
                        .filter(member ->
                                member.phase == Phase.READY || member.phase == Phase.STARTING)
                        .filter(member -> member.identity != null);
        if (found.isEmpty()) {
            return false;
        }
        Member standby = found.get();
        roster.drop(roster.swap(standby.name()));
        standby.hasBeenReady = true;
        standby.restarts = dead.restarts;
        if (standby.phase == Phase.READY) {
            standby.enter(Phase.READY, nowNanos);
        }
        if (dead.processId != null) {
            effects.add(new Effect.TellEnded(dead.name(), dead.processId));
        }
        effects.add(
                new Effect.Report(
                        "%s: standby (life %d) takes over"
                                .formatted(standby.name(), standby.life)));
        return true;
    }

    /** A standby owns the log: the one in charge was silent for too long, or woke up too late. */
    void onOwner(String processId, long nowNanos, List<Effect> effects) {
        roster.ofProcess(processId)
                .filter(member -> member.standing == Standing.STANDBY)
                .filter(member -> member.ownerEpoch > roster.get(member.name()).ownerEpoch)
                .ifPresent(standby -> {
                    Member displaced = roster.swap(standby.name());
                    displaced.standing = Standing.STANDBY;
                    standby.hasBeenReady = true;
                    effects.add(
                            new Effect.Report(
                                    "%s: standby (life %d) owns the log; life %d stands by"
                                            .formatted(
                                                    standby.name(), standby.life, displaced.life)));
                    if (!displaced.phase.live()) {
                        roster.drop(displaced);
                    }
                    standby.enter(standby.phase, nowNanos);
                });
    }

    /** A standby has ended, or could not be started. */
    void onGone(Member standby, long nowNanos) {
        boolean calm =
                standby.killed
                        || (standby.readyAfterNanos != null
                                && nowNanos - standby.changedNanos >= CALM.toNanos());
        failures = calm ? 0 : failures + 1;
        Duration pause = CALM.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        notBeforeNanos = nowNanos + pause.toNanos();
    }

    /** Those of that name that are ended with the one in charge. */
    Optional<Member> with(Member leader) {
        return roster.beside(leader.name()).filter(member -> member.standing == Standing.STANDBY);
    }
}
