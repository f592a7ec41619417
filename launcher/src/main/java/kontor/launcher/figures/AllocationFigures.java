package kontor.launcher.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kontor.lab.Lab;
import kontor.launcher.plan.Role;
import kontor.launcher.stack.StackState;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.report.Progress;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.Transport;

/**
 * What the services that each packet passes allocate for one, all adapters as one: what they
 * allocate without packets meanwhile is in it.
 */
public final class AllocationFigures implements FigureBench {

    public static final String NAME = "allocation";

    private static final List<Role> PASSED = List.of(Role.ADAPTER, Role.ORCHESTRATOR);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Lab lab;
    private final Supplier<StackState> now;
    private final Heaps heaps;
    private final Settings settings;
    private final LabTraffic traffic;

    /** Knows what processes have allocated. */
    @FunctionalInterface
    public interface Heaps {

        /** Bytes that a process has allocated since a time that is always the same. */
        double allocated(StackState.Entry process) throws IOException, InterruptedException;
    }

    /**
     * How it is measured.
     *
     * @param perSecond packets of each game
     */
    public record Settings(int rounds, double perSecond, int size, int port, Duration duration) {}

    public AllocationFigures(Lab lab, Supplier<StackState> now, Heaps heaps, Settings settings) {
        this.lab = lab;
        this.now = now;
        this.heaps = heaps;
        this.settings = settings;
        this.traffic =
                new LabTraffic(
                        lab,
                        settings.port(),
                        settings.size(),
                        WARM_UP,
                        settings.duration(),
                        PATIENCE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        Map<String, List<Double>> kilobytes = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (Transport transport : Transport.values()) {
                Map<Role, Double> before = allocated();
                TrafficReport report = traffic.run(transport, settings.perSecond(), progress);
                Map<Role, Double> after = allocated();
                long packets = report.ways().stream().mapToLong(TrafficReport.Way::received).sum();
                perPacket(before, after, packets)
                        .forEach((role, each) ->
                                kilobytes
                                        .computeIfAbsent(
                                                label(role, transport), _ -> new ArrayList<>())
                                        .add(each));
                if (!report.passed()) {
                    problems.add("allocation, " + transport + ": " + report.summary());
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        kilobytes.forEach((label, each) -> figures.add(Figure.stated(NAME, label, "KB", each)));
        return new Outcome(figures, problems);
    }

    private String label(Role role, Transport transport) {
        String who = role == Role.ADAPTER ? "all adapters" : "orchestrator";
        return "%s, for a packet, %s, %s x %.0f/s"
                .formatted(who, transport, lab.instances().size(), settings.perSecond());
    }

    private Map<Role, Double> allocated() throws IOException, InterruptedException {
        Map<Role, Double> allocated = new LinkedHashMap<>();
        for (StackState.Entry entry : now.get().living()) {
            if (PASSED.contains(entry.role())) {
                allocated.merge(entry.role(), heaps.allocated(entry), Double::sum);
            }
        }
        return allocated;
    }

    /** In KB. */
    static Map<Role, Double> perPacket(
            Map<Role, Double> before, Map<Role, Double> after, long packets) {
        Map<Role, Double> each = new LinkedHashMap<>();
        after.forEach((role, bytes) ->
                each.put(role, (bytes - before.getOrDefault(role, 0.0)) / packets / 1024));
        return each;
    }
}
