package kontor.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import kontor.rules.RuleFile;
import kontor.rules.RuleProblem;
import kontor.rules.RuleSet;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same decision without rules, and with a hundred of which none changes anything. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RulesBenchmark {

    private static final int RULES = 100;

    private static final LabName LAB = new LabName("default");
    private static final InstanceName GAME1 = new InstanceName("game1");
    private static final InstanceName GAME2 = new InstanceName("game2");
    private static final Bytes ADDRESS1 = Bytes.copyOf((byte) 10, (byte) 0, (byte) 0, (byte) 1);
    private static final Bytes ADDRESS2 = Bytes.copyOf((byte) 10, (byte) 0, (byte) 0, (byte) 2);
    private static final Endpoint SOURCE = new Endpoint(ADDRESS1, 2350);
    private static final Endpoint DESTINATION = new Endpoint(ADDRESS2, 2350);

    /** X039 of the samples: 1 t of wood. */
    private static final Payload WOOD =
            payload("9ba49b019ea49b014f0800001c000000010000000c000000350000001412170020000000");

    /** PING with its header. */
    private static final Payload PING =
            payload(
                    "2400b0fa020008fc000000000000000000000000"
                            + "706c617916000e000100000002000000");

    /** Which rules there are; the last are about this flow, and find nothing in it. */
    public enum Rules {
        NONE(""),
        OTHER_LABS("lab: other, when: x642.value == #"),
        OTHER_SENDERS("from: game2, when: x642.value == #"),
        OTHER_PORTS("when: (tcp.port == 3# or udp.port == 3#) and x642.value == #"),
        OTHER_VALUES("when: x642.value == 1000# or dplay.command == 1000#");

        private final String scope;

        Rules(String scope) {
            this.scope = scope;
        }

        private List<RuleFile> files() {
            String text =
                    IntStream.range(0, scope.isEmpty() ? 0 : RULES)
                            .mapToObj(i ->
                                    "- {rule: r%d, %s, do: drop}"
                                            .formatted(i, scope.replace("#", "" + i)))
                            .collect(Collectors.joining("\n"));
            return text.isEmpty() ? List.of() : List.of(new RuleFile("benchmark.yaml", text));
        }
    }

    @Param private Rules rules = Rules.NONE;

    private final Sequencer sequencer = new Sequencer(Duration.ofMinutes(1));
    private final RunId run1 = RunId.parse("0b2d6f7e-6a0a-4a35-8f0e-0d6c3f6f8a01");
    private final RunId run2 = RunId.parse("0b2d6f7e-6a0a-4a35-8f0e-0d6c3f6f8a02");
    private final FlowReference flow = new FlowReference(run1, 1);
    private LabState state = new LabState();
    private long sequence;
    private long offset;
    private long written;

    private static Payload payload(String hex) {
        Bytes bytes = Bytes.ofHex(hex);
        return new Payload(bytes, bytes.crc32c());
    }

    void with(Rules others) {
        rules = others;
        begin();
    }

    /** How many rules the texts are, in whatever lab. */
    int ruleCount() {
        return switch (RuleSet.compile(rules.files())) {
            case RuleSet.Compilation.Compiled(RuleSet all) -> all.rules().size();
            case RuleSet.Compilation.Refused(List<RuleProblem> problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }

    /** Of each iteration: a session that grows without end is not what is measured. */
    @Setup(Level.Iteration)
    public void begin() {
        state = new LabState();
        sequence = 2;
        offset = 0;
        written = 0;
        take(new Input.RulesWanted(rules.files(), "benchmark", position()));
        take(captured(GAME2, run2, 1, started(ADDRESS2, GAME1, ADDRESS1)));
        take(captured(GAME1, run1, 1, started(ADDRESS1, GAME2, ADDRESS2)));
        take(captured(GAME1, run1, 2, new Happening.FlowOpened(flow, SOURCE, DESTINATION)));
    }

    private static Happening started(Bytes own, InstanceName peer, Bytes peerAddress) {
        return new Happening.RunStarted(own, Map.of(peer, peerAddress), Bytes.empty());
    }

    @Benchmark
    public Decision datagram() {
        return take(
                captured(
                        GAME1,
                        run1,
                        ++sequence,
                        new Happening.Datagram(SOURCE, DESTINATION, WOOD)));
    }

    @Benchmark
    public Decision stream() {
        written += PING.bytes().length();
        return take(captured(GAME1, run1, ++sequence, new Happening.FlowData(flow, PING, written)));
    }

    private Input captured(InstanceName instance, RunId run, long number, Happening what) {
        return new Input.Captured(
                new AdapterEvent(LAB, instance, run, number, now(), what), position());
    }

    private InputPosition position() {
        return new InputPosition("kontor.packets", 0, offset++);
    }

    private long now() {
        return 1_700_000_000_000_000L + offset;
    }

    private Decision take(Input input) {
        Decision decision = sequencer.decide(LAB, state, input, new Stamp(1, now()));
        for (SessionEvent event : decision.events()) {
            state.fold(event);
        }
        return decision;
    }
}
