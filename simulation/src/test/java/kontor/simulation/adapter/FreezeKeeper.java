package kontor.simulation.adapter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import kontor.adapter.capture.Observation;
import kontor.adapter.freeze.Effect;
import kontor.adapter.freeze.GameFreeze;
import kontor.adapter.freeze.Input;
import kontor.simulation.game.Game;
import kontor.simulation.invariant.RunEvidence;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Freezes and thaws the game by the real rules; the kernel, which takes its time and sometimes does
 * not do it, and the keeper's thread are models.
 */
final class FreezeKeeper {

    /** No freeze holds a game for longer. */
    private static final long LONGEST_MILLIS = 150;

    private static final long STOP_PATIENCE = 100_000;

    /** Until a thaw that the kernel did not do is tried again, at the latest. */
    private static final long RETRY = 210_000;

    private final World world;
    private final Life life;
    private final Game game;
    private final FreezeMark mark;
    private final LongSupplier wallClock;
    private final RunEvidence seen;
    private final Consumer<Observation> sink;
    private final GameFreeze rules = new GameFreeze(LONGEST_MILLIS);
    private final Queue<Input> orders = new ArrayDeque<>();

    /** What is to be captured once the run has begun. */
    private final List<Observation> early = new ArrayList<>();

    private boolean started;
    private boolean busy;
    private long alarms;
    private long dueMicros;
    private int struggles;
    private Runnable whenStopped = () -> {};
    private Runnable whenFree = () -> {};

    FreezeKeeper(
            World world,
            Life life,
            Game game,
            FreezeMark mark,
            LongSupplier wallClock,
            RunEvidence seen,
            Consumer<Observation> sink) {
        this.world = world;
        this.life = life;
        this.game = game;
        this.mark = mark;
        this.wallClock = wallClock;
        this.seen = seen;
        this.sink = sink;
    }

    /**
     * Thaws a game that an earlier life left frozen; {@link #start} reports it.
     *
     * @param then what begins when that is done, or did not succeed yet
     */
    void recover(Runnable then) {
        FreezeMark.Note left = mark.read();
        if (left == null) {
            then.run();
            return;
        }
        dueMicros = world.timeline().now();
        whenFree = then;
        if (game.isFrozen()) {
            seen.froze(left.freezeId());
        }
        long frozenMicros = Math.max(0, wallClock.getAsLong() - left.sinceMicros());
        order(new Input.LeftFrozen(left.freezeId(), frozenMicros * 1_000));
    }

    void start() {
        started = true;
        early.forEach(sink);
        early.clear();
    }

    void freeze(String freezeId, long atMostMillis) {
        order(new Input.Freeze(freezeId, atMostMillis));
    }

    void thaw(String freezeId) {
        order(new Input.Thaw(freezeId));
    }

    /** Whether the kernel did not thaw the game when it was to. */
    boolean struggles() {
        return struggles > 0;
    }

    /** Which freeze holds the game; empty: none. */
    String holder() {
        return rules.holder().orElse("");
    }

    /**
     * Thaws the game, and goes on when that is done, or could not be in time: then the next life
     * does it.
     */
    void stop(Runnable then) {
        if (world.is(Sabotage.GAME_LEFT_AT_STOP)) {
            then.run();
            return;
        }
        whenStopped = then;
        order(new Input.Stop());
        world.timeline().in(STOP_PATIENCE, life, this::stopped);
    }

    private void stopped() {
        Runnable then = whenStopped;
        whenStopped = () -> {};
        then.run();
    }

    private void order(Input input) {
        orders.add(input);
        goOn();
    }

    private void goOn() {
        for (Input next = next(); next != null; next = next()) {
            take(next);
        }
        if (busy) {
            return;
        }
        if (holder().isEmpty()) {
            stopped();
        }
        alarm();
    }

    private @Nullable Input next() {
        return busy ? null : orders.poll();
    }

    private void alarm() {
        OptionalLong wake = rules.wakeNanos();
        long alarm = ++alarms;
        if (wake.isPresent() && !world.is(Sabotage.TIME_LIMIT_FORGOTTEN)) {
            long micros = Math.max(0, wake.getAsLong() - world.nanos()) / 1_000 + 1;
            world.timeline()
                    .in(
                            micros,
                            life,
                            () -> {
                                if (alarm == alarms) {
                                    order(new Input.TimePassed());
                                }
                            });
        }
    }

    private void take(Input input) {
        for (Effect effect : rules.on(input, world.nanos())) {
            switch (effect) {
                case Effect.Freeze freeze -> freeze(freeze);
                case Effect.Note note -> note(note);
                case Effect.Thaw _ -> thaw();
                case Effect.Report(Observation what) -> report(what);
            }
        }
    }

    private void report(Observation what) {
        if (started) {
            sink.accept(what);
        } else {
            early.add(what);
        }
    }

    private void answer(Input input) {
        busy = false;
        take(input);
        Runnable then = whenFree;
        whenFree = () -> {};
        then.run();
        goOn();
    }

    private void freeze(Effect.Freeze freeze) {
        busy = true;
        if (!world.is(Sabotage.FREEZE_NOT_MARKED)) {
            mark.set(new FreezeMark.Note(freeze.freezeId(), wallClock.getAsLong()));
        }
        soon(() -> {
            if (world.chance().oneIn(30)) {
                mark.clear();
                answer(new Input.DoesNotStop("by chance"));
                return;
            }
            world.note(life.name(), "freezes its game", freeze.freezeId());
            game.freeze();
            seen.froze(freeze.freezeId());
            soon(() -> {
                answer(new Input.StandsStill("model"));
                due();
            });
        });
    }

    private void note(Effect.Note note) {
        FreezeMark.Note before = mark.read();
        long since = before == null ? wallClock.getAsLong() : before.sinceMicros();
        if (!world.is(Sabotage.FREEZE_NOT_MARKED)) {
            mark.set(new FreezeMark.Note(note.freezeId(), since));
        }
        seen.froze(note.freezeId());
        due();
    }

    private void due() {
        dueMicros = world.timeline().now() + LONGEST_MILLIS * 1_000;
        struggles = 0;
    }

    private void thaw() {
        busy = true;
        soon(() -> {
            // One that never stood still, since its adapter died before, goes on for certain.
            if (game.isFrozen() && world.chance().oneIn(12)) {
                struggles++;
                answer(new Input.DoesNotGoOn());
                return;
            }
            world.note(life.name(), "thaws its game", holder());
            game.thaw();
            long late = world.timeline().now() - dueMicros - struggles * RETRY;
            seen.thawed(life.wasPaused() ? 0 : late);
            soon(() -> {
                mark.clear();
                answer(new Input.GoesOn());
            });
        });
    }

    private void soon(Runnable step) {
        world.timeline().in(world.chance().around(150), life, step);
    }
}
