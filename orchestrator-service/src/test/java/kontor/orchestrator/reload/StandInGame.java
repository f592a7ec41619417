package kontor.orchestrator.reload;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** A game and its adapter, as far as freezing goes. */
final class StandInGame {

    final InstanceName instance;
    final RunId run;

    /** In the order of the command topic. */
    final Queue<Told> commands = new ArrayDeque<>();

    private final Set<ReloadId> had = new HashSet<>();
    private @Nullable ReloadId holder;
    private long thawsAtMicros;
    private long epoch;

    /** A command with the epoch of who gave it; without effect: a fence. */
    record Told(long epoch, @Nullable Effect effect) {}

    StandInGame(InstanceName instance, RunId run) {
        this.instance = instance;
        this.run = run;
    }

    boolean isFrozen() {
        return holder != null;
    }

    /** Carries the next command out; null where there is nothing to say about it. */
    @Nullable Input carryOut(Random random, long nowMicros) {
        @Nullable Told told = commands.poll();
        if (told == null || told.epoch() < epoch) {
            return null;
        }
        epoch = told.epoch();
        return switch (told.effect()) {
            case Effect.Freeze freeze -> {
                if (!had.add(freeze.id())) {
                    yield null;
                }
                if (random.nextInt(12) == 0) {
                    yield answer(freeze.id(), FreezeAnswer.FAILED);
                }
                holder = freeze.id();
                thawsAtMicros = nowMicros + freeze.atMostMillis() * 1000L;
                yield answer(freeze.id(), FreezeAnswer.FROZEN);
            }
            case Effect.Thaw thaw -> thaw.id().equals(holder) ? thaw() : null;
            case Effect.Write _, Effect.HandOver _ -> throw new IllegalStateException("no command");
            case null -> null;
        };
    }

    /** Thaws where the freeze allows no more; null where it does. */
    @Nullable Input lookAtTheTime(long nowMicros) {
        return holder != null && nowMicros >= thawsAtMicros ? thaw() : null;
    }

    private @Nullable Input thaw() {
        @Nullable ReloadId held = holder;
        holder = null;
        return held == null ? null : answer(held, FreezeAnswer.THAWED);
    }

    Input status(long nowMicros) {
        String freezeId = holder == null ? "" : holder.toString();
        return new Input.AdapterHeard(ReloadBook.LAB, instance, run, freezeId, nowMicros);
    }

    private Input answer(ReloadId id, FreezeAnswer answer) {
        return new Input.FreezeAnswered(
                ReloadBook.LAB, instance, run, id.toString(), answer, "by chance");
    }
}
