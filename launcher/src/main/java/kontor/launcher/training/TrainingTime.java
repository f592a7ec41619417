package kontor.launcher.training;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a training may run beside a stack: it begins after a time of quiet, ends as soon as somebody
 * else has use for the processors or games play, and begins again after a longer quiet; a few times
 * only.
 *
 * <p>Decides only, from samples that come in regular intervals. Confined to one thread.
 */
public final class TrainingTime {

    /** Between two samples. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final int SAMPLES_BEFORE_FIRST = 10;
    private static final int SAMPLES_BEFORE_NEXT = 60;
    private static final int MOST_BEGINNINGS = 3;

    /** Of all processors' time; what runs at a lower priority does not count. */
    private static final double BUSY_SHARE = 0.4;

    /** A single busy sample may be a page that was opened. */
    private static final int BUSY_SAMPLES = 2;

    /** In an interval; a stack at rest captures none. */
    private static final long PACKETS_OF_GAMES = 10;

    private State state = State.WAITING;
    private @Nullable Sample last;
    private int quiet;
    private int busy;
    private int beginnings;

    /** What there is to do. */
    public enum State {
        WAITING,
        RUNNING,
        /** It is over, or was interrupted too often. */
        OVER
    }

    /**
     * All since any common beginning.
     *
     * @param busyTicks of all processors, used by processes of the usual priority
     * @param totalTicks of all processors
     * @param packets that were captured
     */
    public record Sample(long busyTicks, long totalTicks, long packets) {}

    /** What became of a sample. */
    public sealed interface Verdict {

        /** Go on with what is being done. */
        record GoOn() implements Verdict {}

        /** Begin a training. */
        record Begin() implements Verdict {}

        /**
         * End the training now.
         *
         * @param reason for a person
         * @param again whether it will be tried again
         */
        record End(String reason, boolean again) implements Verdict {}
    }

    public State state() {
        return state;
    }

    public Verdict on(Sample sample) {
        @Nullable Sample before = last;
        last = sample;
        if (before == null) {
            return new Verdict.GoOn();
        }
        boolean games = sample.packets() - before.packets() >= PACKETS_OF_GAMES;
        long ticks = Math.max(1, sample.totalTicks() - before.totalTicks());
        boolean others = sample.busyTicks() - before.busyTicks() >= BUSY_SHARE * ticks;
        busy = others ? busy + 1 : 0;
        quiet = games || others ? 0 : quiet + 1;
        return switch (state) {
            case WAITING -> waiting();
            case RUNNING -> running(games);
            case OVER -> new Verdict.GoOn();
        };
    }

    /** The training has ended by itself. */
    public void ended() {
        state = State.OVER;
    }

    private Verdict waiting() {
        if (quiet < (beginnings == 0 ? SAMPLES_BEFORE_FIRST : SAMPLES_BEFORE_NEXT)) {
            return new Verdict.GoOn();
        }
        beginnings++;
        state = State.RUNNING;
        return new Verdict.Begin();
    }

    private Verdict running(boolean games) {
        if (!games && busy < BUSY_SAMPLES) {
            return new Verdict.GoOn();
        }
        boolean again = beginnings < MOST_BEGINNINGS;
        state = again ? State.WAITING : State.OVER;
        return new Verdict.End(games ? "games are playing" : "the machine is busy", again);
    }
}
