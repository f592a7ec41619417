package kontor.launcher.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;

/** Plans for tests. */
public final class Plans {

    static final Path LAB_FILE = Path.of("/labs/two.yaml");

    private static final String LAB =
            """
            lab: duel
            ports: { tcp: [47624, 2300-2301], udp: [47624] }
            instances:
              game1: { address: 127.1.0.1, peers: { game2: 127.1.0.2 } }
              game2: { address: 127.2.0.2, peers: { game1: 127.2.0.1 } }
            """;

    private Plans() {}

    /** A lab of two games. */
    public static Lab duel() {
        try {
            return LabFile.parse("two.yaml", LAB);
        } catch (LabFileException e) {
            throw new AssertionError(e);
        }
    }

    /** The whole stack of that lab. */
    public static StackPlan ofDuel() {
        return ofDuel(false);
    }

    static StackPlan ofDuel(boolean asRoot) {
        return ofDuel(asRoot, AotCache.Use.READ);
    }

    static StackPlan ofDuel(boolean asRoot, AotCache.Use caches) {
        Ports ports = PortChoice.usual().resolve(2, () -> 0);
        return StackPlanner.plan(
                duel(), LAB_FILE, ports, surroundings(asRoot, caches, Entrance.onLoopback()));
    }

    /** The text of the broker's settings file. */
    static String brokerSettings(StackPlan plan) {
        return plan.process("broker").preparations().stream()
                .filter(Preparation.WriteBrokerSettings.class::isInstance)
                .map(each -> ((Preparation.WriteBrokerSettings) each).text())
                .findFirst()
                .orElseThrow();
    }

    /** On a machine of so many processors. */
    static StackPlan ofDuelOn(int processors) {
        Ports ports = PortChoice.usual().resolve(2, () -> 0);
        return StackPlanner.plan(
                duel(),
                LAB_FILE,
                ports,
                surroundings(
                        processors,
                        false,
                        AotCache.Use.READ,
                        Entrance.onLoopback(),
                        "abc",
                        JournalPlace.HOSTED,
                        AdaptersPlace.APART,
                        Optional.empty()));
    }

    static StackPlan ofDuel(Entrance entrance) {
        Ports ports = PortChoice.usual().resolve(2, () -> 0);
        return StackPlanner.plan(
                duel(), LAB_FILE, ports, surroundings(false, AotCache.Use.READ, entrance));
    }

    /** The same on the same ports, after the services have been rebuilt. */
    public static StackPlan ofDuelAsBuiltLater() {
        Ports ports = PortChoice.usual().resolve(2, () -> 0);
        return StackPlanner.plan(
                duel(),
                LAB_FILE,
                ports,
                surroundings(
                        false,
                        AotCache.Use.READ,
                        Entrance.onLoopback(),
                        "abd",
                        JournalPlace.HOSTED));
    }

    /** The whole stack, with a journal that nobody hosts. */
    static StackPlan ofDuelWithAJournal() {
        Ports ports = PortChoice.usual().resolve(2, () -> 0);
        return StackPlanner.plan(
                duel(),
                LAB_FILE,
                ports,
                surroundings(
                        false, AotCache.Use.READ, Entrance.onLoopback(), "abc", JournalPlace.OWN));
    }

    /** The whole stack but for what is left out, with one process for the adapters that remain. */
    static StackPlan ofDuelTogether(String... without) {
        return together(duel(), Optional.empty(), without);
    }

    /** The same of another lab. */
    static StackPlan together(Lab lab, Optional<GameNetworks> networks, String... without) {
        return StackPlanner.plan(
                lab,
                LAB_FILE,
                PortChoice.usual().resolve(2, () -> 0),
                surroundings(
                        2,
                        false,
                        AotCache.Use.READ,
                        Entrance.onLoopback(),
                        "abc",
                        JournalPlace.HOSTED,
                        AdaptersPlace.TOGETHER,
                        networks),
                Set.of(without));
    }

    /** The whole stack of another lab, whose games are in namespaces. */
    static StackPlan apart(GameNetworks networks) {
        Ports ports = PortChoice.usual().resolve(2, () -> 0);
        return StackPlanner.plan(
                networks.lab(),
                LAB_FILE,
                ports,
                surroundings(
                        true,
                        AotCache.Use.READ,
                        Entrance.onLoopback(),
                        "abc",
                        JournalPlace.HOSTED,
                        Optional.of(networks)));
    }

    private static Surroundings surroundings(
            boolean asRoot, AotCache.Use caches, Entrance entrance) {
        return surroundings(asRoot, caches, entrance, "abc", JournalPlace.HOSTED);
    }

    private static Surroundings surroundings(
            boolean asRoot,
            AotCache.Use caches,
            Entrance entrance,
            String build,
            JournalPlace journal) {
        return surroundings(asRoot, caches, entrance, build, journal, Optional.empty());
    }

    private static Surroundings surroundings(
            boolean asRoot,
            AotCache.Use caches,
            Entrance entrance,
            String build,
            JournalPlace journal,
            Optional<GameNetworks> networks) {
        return surroundings(
                2, asRoot, caches, entrance, build, journal, AdaptersPlace.APART, networks);
    }

    private static Surroundings surroundings(
            int processors,
            boolean asRoot,
            AotCache.Use caches,
            Entrance entrance,
            String build,
            JournalPlace journal,
            AdaptersPlace adapters,
            Optional<GameNetworks> networks) {
        return new Surroundings(
                Path.of("/jdk/bin/java"),
                "25.0.3+9",
                processors,
                new BootJar(Path.of("/kontor/launcher.jar"), "def"),
                List.of(Path.of("/kontor/lib/kafka.jar")),
                Map.of(
                        "orchestrator-service", jar("orchestrator-service", build),
                        "adapter-service", jar("adapter-service", build),
                        "analysis-service", jar("analysis-service", build),
                        "ui-gateway", jar("ui-gateway", build),
                        "journal", jar("journal", build)),
                Path.of("/kontor/lib/postgres-18.jar"),
                Path.of("/cache"),
                Path.of("/data"),
                asRoot,
                journal,
                adapters,
                entrance,
                networks,
                Optional.empty(),
                List.of("-Dextra=1"),
                caches);
    }

    private static BootJar jar(String module, String build) {
        return new BootJar(Path.of("/kontor", module + "-boot.jar"), build);
    }
}
