package kontor.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Endpoint;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.LabState;
import kontor.orchestrator.sequencer.Payload;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A datagram of a running session is decided about, and the decision is folded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SequencerBenchmark {

    private static final LabName LAB = new LabName("default");
    private static final InstanceName GAME1 = new InstanceName("game1");
    private static final InstanceName GAME2 = new InstanceName("game2");
    private static final Bytes ADDRESS1 = Bytes.copyOf((byte) 10, (byte) 0, (byte) 0, (byte) 1);
    private static final Bytes ADDRESS2 = Bytes.copyOf((byte) 10, (byte) 0, (byte) 0, (byte) 2);

    private final Sequencer sequencer = new Sequencer(Duration.ofMinutes(1));
    private final RunId run1 = RunId.parse(UUID.randomUUID().toString());
    private final RunId run2 = RunId.parse(UUID.randomUUID().toString());
    private final Payload payload = payload();
    private LabState state = new LabState();
    private long sequence;
    private long offset;

    private static Payload payload() {
        Bytes bytes = Bytes.owning(new byte[200]);
        return new Payload(bytes, bytes.crc32c());
    }

    /** Of each iteration: a session that grows without end is not what is measured. */
    @Setup(Level.Iteration)
    public void begin() {
        state = new LabState();
        sequence = 1;
        offset = 0;
        take(GAME1, run1, 1, started(ADDRESS1, GAME2, ADDRESS2));
        take(GAME2, run2, 1, started(ADDRESS2, GAME1, ADDRESS1));
    }

    private static Happening started(Bytes own, InstanceName peer, Bytes peerAddress) {
        return new Happening.RunStarted(own, Map.of(peer, peerAddress), Bytes.empty());
    }

    @Benchmark
    public Decision decideAndFold() {
        return take(
                GAME1,
                run1,
                ++sequence,
                new Happening.Datagram(
                        new Endpoint(ADDRESS1, 2350), new Endpoint(ADDRESS2, 2350), payload));
    }

    private Decision take(InstanceName instance, RunId run, long number, Happening what) {
        long now = 1_700_000_000_000_000L + offset;
        Decision decision =
                sequencer.decide(
                        LAB,
                        state,
                        new Input.Captured(
                                new AdapterEvent(LAB, instance, run, number, now, what),
                                new InputPosition("kontor.packets", 0, offset++)),
                        new Stamp(1, now));
        for (SessionEvent event : decision.events()) {
            state.fold(event);
        }
        return decision;
    }
}
