package kontor.simulation.world;

import java.time.Duration;
import kontor.orchestrator.reload.PhaseLimits;
import kontor.simulation.broker.Broker;
import kontor.simulation.time.Chance;
import kontor.simulation.time.Timeline;
import kontor.simulation.time.Trace;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;

/** What every part of one simulated cluster has to do with. */
public record World(
        Timeline timeline,
        Chance chance,
        Trace trace,
        Broker broker,
        Topics topics,
        Weather weather,
        Sabotage sabotage) {

    public static final LabName LAB = new LabName("lab");

    /** Wall clocks begin here. */
    private static final long EPOCH_MICROS = 1_000_000_000_000L;

    /** Long beside the way of a request, short beside a storm. */
    public static final PhaseLimits RELOAD_LIMITS =
            new PhaseLimits(
                    Duration.ofMillis(2),
                    Duration.ofMillis(25),
                    Duration.ofMillis(60),
                    Duration.ofMillis(40),
                    Duration.ofMillis(25),
                    Duration.ofMillis(15));

    public boolean is(Sabotage planted) {
        return sabotage == planted;
    }

    /** A clock that only rises. */
    public long nanos() {
        return timeline.now() * 1_000;
    }

    /**
     * @param skew by how much this clock is wrong
     */
    public long wallClockMicros(long skew) {
        return EPOCH_MICROS + timeline.now() + skew;
    }

    public void note(String who, String what, @Nullable Object detail) {
        trace.note(timeline.now(), who, what, detail);
    }
}
