package kontor.adapter.freezer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kontor.adapter.capture.Observation;
import kontor.adapter.freeze.Effect;
import kontor.adapter.freeze.GameFreeze;
import kontor.adapter.freeze.Input;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Freezes and thaws the game, on a thread of its own: nobody waits for the kernel. The rules are
 * those of {@link GameFreeze}.
 *
 * <p>Between {@link #start} and {@link #stop} the orders are for any thread and never block; they
 * are taken in their order. An order that finds the queue full is refused, counted and, if it was
 * to freeze, answered so.
 */
public final class FreezeKeeper {

    private static final Logger log = LoggerFactory.getLogger(FreezeKeeper.class);
    private static final int QUEUE = 64;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Freezer freezer;
    private final FreezeMark mark;
    private final GameFreeze rules;
    private final Consumer<Observation> sink;
    private final BlockingQueue<Input> orders = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong frozenMicros = new AtomicLong();
    private final long originNanos = System.nanoTime();
    private final Thread thread;

    private volatile String holder = "";
    private volatile boolean stopping;

    /** On the keeper's thread, and before that on the caller's: */
    private final List<Observation> early = new ArrayList<>();

    private boolean started;

    /**
     * @param longest no freeze holds the game for longer
     * @param sink captures what happened; called on the keeper's thread or an order's
     */
    public FreezeKeeper(
            InstanceName instance,
            Freezer freezer,
            FreezeMark mark,
            Duration longest,
            Consumer<Observation> sink) {
        this.freezer = freezer;
        this.mark = mark;
        this.rules = new GameFreeze(longest.toMillis());
        this.sink = sink;
        this.thread = new Thread(this::run, "kontor-freeze-" + instance);
    }

    /**
     * Thaws a game that an earlier life of the adapter left frozen. Before {@link #start}, which
     * reports it; blocks for as long as a thaw takes.
     */
    public void recover() {
        try {
            mark.read()
                    .ifPresent(note -> {
                        log.warn(
                                "Freeze {} still held the game when the adapter was last stopped;"
                                        + " thawing it now",
                                note);
                        long frozenMicros = Math.max(0, wallClockMicros() - note.sinceMicros());
                        drive(
                                new Input.LeftFrozen(
                                        note.freezeId(), frozenMicros * NANOS_PER_MICRO));
                    });
        } catch (IOException e) {
            log.error(
                    "Could not read freeze mark {}; the game may be frozen, thawing it now",
                    mark,
                    e);
            drive(new Input.LeftFrozen("", 0));
        }
    }

    public void start() {
        thread.start();
    }

    /** The game is to stand still, for at most so long. */
    public void freeze(String freezeId, long atMostMillis) {
        if (!orders.offer(new Input.Freeze(freezeId, atMostMillis))) {
            refused.incrementAndGet();
            sink.accept(new Observation.FreezeFailed(freezeId, "too many orders wait"));
        }
    }

    /** The game is to go on, if it is this freeze that holds it. */
    public void thaw(String freezeId) {
        if (!orders.offer(new Input.Thaw(freezeId))) {
            refused.incrementAndGet();
            log.warn(
                    "Thaw of freeze {} refused: order queue full; the game stays frozen until the"
                            + " freeze times out",
                    freezeId);
        }
    }

    public FreezeStatus status() {
        return new FreezeStatus(holder, refused.get(), ended.get(), frozenMicros.get());
    }

    /** Thaws the game and ends the thread; what was ordered meanwhile is forgotten. */
    public void stop(Duration patience) throws InterruptedException {
        stopping = true;
        while (!orders.offer(new Input.Stop())) {
            orders.clear();
        }
        if (thread.isAlive() && !thread.join(patience)) {
            log.error(
                    "Freezer did not stop in time; the game may be frozen until the adapter starts"
                            + " again and thaws it");
        }
    }

    private void run() {
        started = true;
        early.forEach(sink);
        try {
            do {
                drive(next());
            } while (!stopping || !holder.isEmpty() || !orders.isEmpty());
        } catch (InterruptedException | RuntimeException e) {
            log.error(
                    "Unexpected error in the freezer (bug); thawing the game, no further freeze is"
                            + " carried out",
                    e);
            thaw();
        }
    }

    private Input next() throws InterruptedException {
        OptionalLong wake = rules.wakeNanos();
        if (wake.isEmpty()) {
            return orders.take();
        }
        @Nullable Input order = orders.poll(wake.getAsLong() - nanos(), NANOSECONDS);
        return order == null ? new Input.TimePassed() : order;
    }

    private void drive(Input input) {
        @Nullable Input next = input;
        while (next != null) {
            @Nullable Input answer = null;
            List<Effect> effects = rules.on(next, nanos());
            // Before the effects are visible.
            holder = rules.holder().orElse("");
            for (Effect effect : effects) {
                switch (effect) {
                    case Effect.Freeze freeze -> answer = freeze(freeze.freezeId());
                    case Effect.Note note -> note(note.freezeId());
                    case Effect.Thaw _ -> answer = thaw();
                    case Effect.Report report -> report(report.what());
                }
            }
            next = answer;
        }
    }

    private Input freeze(String freezeId) {
        try {
            mark.set(new FreezeMark.Note(freezeId, wallClockMicros()));
        } catch (IOException e) {
            return new Input.DoesNotStop("the freeze cannot be marked, so it must not be: " + e);
        }
        try {
            return new Input.StandsStill(freezer.freeze());
        } catch (FreezeException e) {
            forget();
            return new Input.DoesNotStop(String.valueOf(e.getMessage()));
        }
    }

    private void note(String freezeId) {
        try {
            long sinceMicros =
                    mark.read().map(FreezeMark.Note::sinceMicros).orElse(wallClockMicros());
            mark.set(new FreezeMark.Note(freezeId, sinceMicros));
        } catch (IOException e) {
            log.warn(
                    "Could not write freeze mark for freeze {}; it still names the previous one, a"
                            + " restart still thaws the game",
                    freezeId,
                    e);
        }
    }

    private Input thaw() {
        try {
            freezer.thaw();
        } catch (FreezeException e) {
            log.error("Thaw failed, retrying: {}", e.getMessage());
            return new Input.DoesNotGoOn();
        }
        forget();
        return new Input.GoesOn();
    }

    private void forget() {
        try {
            mark.clear();
        } catch (IOException e) {
            // The next life will thaw a game that runs, which does no harm.
            log.warn(
                    "Could not delete freeze mark {}; the next start thaws a running game, which"
                            + " does no harm",
                    mark,
                    e);
        }
    }

    private void report(Observation what) {
        log.info("{}", what);
        if (what instanceof Observation.GameThawed thawed) {
            ended.incrementAndGet();
            frozenMicros.addAndGet(thawed.frozenMicros());
        }
        if (started) {
            sink.accept(what);
        } else {
            early.add(what);
        }
    }

    private long nanos() {
        return System.nanoTime() - originNanos;
    }

    private static long wallClockMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
