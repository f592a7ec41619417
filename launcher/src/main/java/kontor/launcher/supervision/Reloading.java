package kontor.launcher.supervision;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.Role;
import org.jspecify.annotations.Nullable;

/**
 * What reloads ask of the processes. An orchestrator gets a successor beside it, which is in charge
 * once it owns the log; all others are ended and started again in their place.
 */
final class Reloading {

    private final Roster roster;
    private final ReloadOrder order = new ReloadOrder();

    /** Successors for whom the place beside is not free yet. */
    private final Map<String, Member> queued = new HashMap<>();

    Reloading(Roster roster) {
        this.roster = roster;
    }

    void onOwner(String processId, long epoch) {
        order.ownerSpoke(epoch);
        roster.ofProcess(processId)
                .ifPresent(member -> member.ownerEpoch = Math.max(member.ownerEpoch, epoch));
    }

    void on(ReloadNews news, ProcessSpec renewed, long nowNanos, List<Effect> effects) {
        if (!order.counts(news) || !roster.has(news.process())) {
            return;
        }
        switch (news.phase()) {
            case PREPARING, HANDING_OVER -> {}
            case RESTARTING -> restart(news, renewed, nowNanos, effects);
            case VERIFYING, THAWING, COMPLETED ->
                    roster.beside(news.process())
                            .filter(other -> news.processAfter().equals(other.processId))
                            .ifPresent(other -> promote(other, nowNanos, effects));
            case FAILED -> {
                queued.remove(news.process());
                roster.beside(news.process())
                        .filter(other -> news.reloadId().equals(other.reloadId))
                        .ifPresent(other -> onFailed(other, nowNanos, effects));
            }
        }
    }

    private void restart(
            ReloadNews news, ProcessSpec renewed, long nowNanos, List<Effect> effects) {
        Member member = roster.get(news.process());
        boolean meant =
                news.processBefore().isEmpty() || news.processBefore().equals(member.processId);
        if (news.overdue() || !meant) {
            effects.add(
                    new Effect.Report(
                            "reload %s of %s ignored: it refers to a process that is gone"
                                    .formatted(news.reloadId(), member.name())));
            return;
        }
        effects.add(new Effect.Report("reload %s of %s".formatted(news.reloadId(), member.name())));
        if (member.spec.role() == Role.ORCHESTRATOR && member.phase == Phase.READY) {
            Member successor = new Member(renewed, Standing.SUCCESSOR, nowNanos);
            successor.reloadId = news.reloadId();
            beginBeside(successor, nowNanos, effects);
        } else {
            replace(member, renewed, nowNanos, effects);
        }
    }

    /** At most one process stands beside: it is stopped before the next is started. */
    private void beginBeside(Member successor, long nowNanos, List<Effect> effects) {
        @Nullable Member other = roster.beside(successor.name()).orElse(null);
        if (other == null) {
            roster.setBeside(successor);
            successor.begin(roster.nextLife(successor.name()), nowNanos);
            effects.add(new Effect.Launch(successor.spec, successor.life, true));
        } else {
            queued.put(successor.name(), successor);
            Endings.kill(other, effects);
        }
    }

    private static void replace(
            Member member, ProcessSpec renewed, long nowNanos, List<Effect> effects) {
        if (member.hasBeenReady && member.former == null) {
            member.former = member.spec;
        }
        member.fellBack = false;
        if (member.phase.live()) {
            member.next = renewed;
            Endings.stop(member, nowNanos, effects);
        } else {
            member.spec = renewed;
            member.attempts = 0;
            member.pauseUntil(nowNanos, nowNanos);
        }
    }

    private void promote(Member successor, long nowNanos, List<Effect> effects) {
        if (successor.standing != Standing.SUCCESSOR) {
            return;
        }
        Member predecessor = roster.swap(successor.name());
        effects.add(
                new Effect.Report(
                        "%s: life %d took over from life %d"
                                .formatted(successor.name(), successor.life, predecessor.life)));
        if (predecessor.phase.live()) {
            Endings.stop(predecessor, nowNanos, effects);
        } else {
            roster.drop(predecessor);
        }
    }

    /** The owner of the log stays. */
    private void onFailed(Member successor, long nowNanos, List<Effect> effects) {
        if (successor.ownerEpoch > roster.get(successor.name()).ownerEpoch) {
            promote(successor, nowNanos, effects);
        } else if (successor.standing == Standing.SUCCESSOR) {
            successor.killed = true;
            effects.add(new Effect.Kill(successor.name(), successor.life));
        }
    }

    /** The one beside has ended, or could not be started. */
    void onGone(Member member, long nowNanos, List<Effect> effects) {
        roster.drop(member);
        @Nullable Member next = queued.remove(member.name());
        if (next != null) {
            beginBeside(next, nowNanos, effects);
        }
    }

    /** No successor begins any more. */
    void stop() {
        queued.clear();
    }
}
