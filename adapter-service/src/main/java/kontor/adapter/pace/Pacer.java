package kontor.adapter.pace;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import kontor.adapter.capture.Endpoint;

/**
 * Decides when each datagram leaves for its socket of the game.
 *
 * <p>Guarantees: to one socket datagrams leave in the order in which they were offered. As long as
 * they come no faster than {@link PaceBounds#bytesPerSecond()}, or no faster than they were
 * captured and no faster than eight times that, they leave at once; what is more leaves at that
 * pace, or at twice the pace at which it was captured, and however much waits, it gets less by
 * itself within seconds: the pace rises with what waits, to a second's work.
 *
 * <p>Bounded by the caller: it holds what was offered and has not left, and some numbers for each
 * socket. Not thread-safe.
 *
 * @param <T> what leaves
 */
public final class Pacer<T> {

    /** Lanes; beyond, those are forgotten to which nothing has gone for a while. */
    private static final int MOST_IDLE_LANES = 1024;

    private final PaceBounds bounds;
    private final Map<Endpoint, Lane<T>> lanes = new HashMap<>();
    private long waiting;

    public Pacer(PaceBounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Offers a datagram.
     *
     * @param capturedAtMicros when it was captured at the other game; 0 where it was not
     * @param nowNanos of a clock that never falls
     * @return true if it leaves at once; else it waits for {@link #release}
     */
    public boolean offer(
            Endpoint to, T what, int payloadBytes, long capturedAtMicros, long nowNanos) {
        Lane<T> lane = lanes.get(to);
        if (lane == null) {
            if (lanes.size() >= MOST_IDLE_LANES) {
                lanes.values().removeIf(other -> other.idle(nowNanos));
            }
            lane = new Lane<>(bounds, nowNanos);
            lanes.put(to, lane);
        }
        boolean atOnce = lane.offer(what, payloadBytes, capturedAtMicros, nowNanos);
        if (!atOnce) {
            waiting++;
        }
        return atOnce;
    }

    /** Gives back what may leave by now. */
    public void release(long nowNanos, Consumer<T> due) {
        if (waiting > 0) {
            for (Lane<T> lane : lanes.values()) {
                waiting -= lane.release(nowNanos, due);
            }
        }
    }

    /** Gives back all that waits. */
    public void releaseAll(Consumer<T> due) {
        lanes.values().forEach(lane -> lane.releaseAll(due));
        waiting = 0;
    }

    /** How long until more may leave, in nanoseconds; empty while nothing waits. */
    public OptionalLong dueInNanos(long nowNanos) {
        if (waiting == 0) {
            return OptionalLong.empty();
        }
        return lanes.values().stream()
                .filter(Lane::waits)
                .mapToLong(lane -> lane.dueInNanos(nowNanos))
                .min();
    }

    /** Datagrams that wait. */
    public long waiting() {
        return waiting;
    }
}
