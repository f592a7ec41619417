package kontor.adapter.game;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.adapter.pace.PaceBounds;
import kontor.adapter.pace.Pacer;
import kontor.adapter.relay.Effect;

/**
 * Gives datagrams to the game at the pacer's pace: in the normal case at once. All methods but
 * {@link #finish} are for the event loop.
 */
// Futures: the timer tells nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class PacedDatagrams {

    /** A burst of some datagrams each millisecond instead of a timer for each. */
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;

    private final EventLoopGroup loop;
    private final Consumer<Effect.Send> out;
    private final Consumer<Runnable> undisturbed;
    private final Pacer<Effect.Send> pacer;
    private boolean scheduled;

    /**
     * @param out gives one to the operating system
     * @param undisturbed runs a step to its end before anything that it leads to is taken up, and
     *     then flushes
     */
    PacedDatagrams(
            EventLoopGroup loop,
            PaceBounds bounds,
            Consumer<Effect.Send> out,
            Consumer<Runnable> undisturbed) {
        this.loop = loop;
        this.pacer = new Pacer<>(bounds);
        this.out = out;
        this.undisturbed = undisturbed;
    }

    /** Flushing what leaves at once is the caller's. */
    void send(Effect.Send send) {
        boolean atOnce =
                pacer.offer(
                        send.to(),
                        send,
                        send.payload().length(),
                        send.capturedAtMicros(),
                        System.nanoTime());
        if (atOnce) {
            out.accept(send);
        } else {
            await(System.nanoTime());
        }
    }

    private void await(long nowNanos) {
        if (!scheduled) {
            pacer.dueInNanos(nowNanos)
                    .ifPresent(nanos -> {
                        scheduled = true;
                        loop.schedule(
                                this::release,
                                Math.max(nanos, SHORTEST_WAIT_NANOS),
                                TimeUnit.NANOSECONDS);
                    });
        }
    }

    private void release() {
        scheduled = false;
        long now = System.nanoTime();
        undisturbed.accept(() -> pacer.release(now, out));
        await(System.nanoTime());
    }

    /** Gives all that waits to the operating system, as the run ends. Blocks briefly. */
    void finish() {
        loop.submit(() -> undisturbed.accept(() -> pacer.releaseAll(out))).awaitUninterruptibly();
    }
}
