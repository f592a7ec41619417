package kontor.simulation.world;

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

    public boolean is(Sabotage planted) {
        return sabotage == planted;
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
