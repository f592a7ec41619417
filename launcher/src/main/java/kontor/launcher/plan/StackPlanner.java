package kontor.launcher.plan;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.vocabulary.InstanceName;

/**
 * From a lab and its surroundings to the processes of a stack: database and broker, then
 * orchestrator, analysis, gateway and one adapter per instance, or one process of all adapters; a
 * journal, unless the orchestrator hosts it.
 */
public final class StackPlanner {

    public static final String DATABASE = "database";
    public static final String BROKER = "broker";
    public static final String ORCHESTRATOR = "orchestrator";
    public static final String ANALYSIS = "analysis";
    public static final String GATEWAY = "gateway";
    public static final String JOURNAL = "journal";

    /** All adapters of the stack, where they share a process. */
    public static final String ADAPTERS = "adapters";

    /** The module of which the broker's process needs a copy for guests. */
    public static final String SCHEMAS = "schemas";

    /** The name of the database, and of its user. */
    public static final String DATABASE_NAME = "kontor";

    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Path labFile;
    private final Ports ports;
    private final Surroundings surroundings;
    private final SpringPlan spring;

    private StackPlanner(Path labFile, Ports ports, Surroundings surroundings) {
        this.labFile = labFile;
        this.ports = ports;
        this.surroundings = surroundings;
        this.spring = new SpringPlan(labFile, ports, surroundings);
    }

    /** The name of the process that is a service, as it calls itself; empty for others. */
    public static Optional<String> processOf(String service) {
        return switch (service) {
            case "orchestrator-service" -> Optional.of(ORCHESTRATOR);
            case "analysis-service" -> Optional.of(ANALYSIS);
            case "ui-gateway" -> Optional.of(GATEWAY);
            case "journal" -> Optional.of(JOURNAL);
            default -> Optional.empty();
        };
    }

    /** What the process of a name calls itself, which is a name for it, too. */
    public static Optional<String> serviceOf(String name) {
        return Stream.of("orchestrator-service", "analysis-service", "ui-gateway", "journal")
                .filter(service ->
                        service.equals(name) || processOf(service).equals(Optional.of(name)))
                .findFirst();
    }

    /** Where pictures of screens are, in a data directory. */
    public static Path pictures(Path data) {
        return data.resolve("pictures");
    }

    /** Where games that were written to disk are, in a data directory. */
    public static Path snapshots(Path data) {
        return data.resolve("snapshots");
    }

    /** The name of the process that is the adapter of an instance. */
    public static String adapter(LabInstance instance) {
        return adapter(instance.name());
    }

    /** The name of the process that is the adapter of the instance of a name. */
    public static String adapter(InstanceName instance) {
        return "adapter-" + instance.value();
    }

    static StackPlan plan(Lab lab, Path labFile, Ports ports, Surroundings surroundings) {
        return plan(lab, labFile, ports, surroundings, Set.of());
    }

    /**
     * The processes of a stack.
     *
     * @param without names of processes to leave out, and of adapters, also where those share one
     * @throws IllegalArgumentException if one of them is not in the stack, or adapters cannot share
     *     a process
     */
    public static StackPlan plan(
            Lab lab, Path labFile, Ports ports, Surroundings surroundings, Set<String> without) {
        StackPlanner planner = new StackPlanner(labFile, ports, surroundings);
        List<ProcessSpec> processes = new ArrayList<>();
        processes.add(DatabasePlan.of(ports, surroundings));
        processes.add(BrokerPlan.of(lab, ports, surroundings));
        processes.add(
                planner.orchestrator(ORCHESTRATOR, ports.orchestrator(), PortName.ORCHESTRATOR));
        Set<String> left = new HashSet<>(without);
        processes.addAll(
                new AdaptersPlan(lab, labFile, ports, surroundings, planner.spring)
                        .processes(left));
        processes.add(planner.gateway());
        processes.add(planner.analysis());
        if (surroundings.journal() == JournalPlace.OWN) {
            processes.add(planner.journal());
        }
        ProcessSpec second =
                planner.orchestrator(
                        ORCHESTRATOR + "-2", ports.orchestrator2(), PortName.ORCHESTRATOR_2);
        return new StackPlan(ports, processes, List.of(second)).without(left);
    }

    /** Named alike, wherever it is; data and log are apart. */
    private ProcessSpec orchestrator(String place, int port, PortName portName) {
        return spring.of(
                ORCHESTRATOR,
                place,
                Role.ORCHESTRATOR,
                "orchestrator-service",
                256,
                // Also where it hosts it: the launcher's own environment may say otherwise.
                Map.of(
                        "KONTOR_JOURNAL_ENABLED",
                        Boolean.toString(surroundings.journal() == JournalPlace.HOSTED)),
                // Relaying needs nothing else; a journal that it hosts waits for its database by
                // itself.
                List.of(BROKER),
                List.of(PortClaim.own(ORCHESTRATOR, port, portName)),
                place.equals(ORCHESTRATOR));
    }

    private ProcessSpec analysis() {
        return service(
                ANALYSIS,
                "analysis-service",
                Map.of(
                        "KONTOR_ANALYZERS_DIR",
                        analyzersDirectory(),
                        "KONTOR_KAITAI_DIR",
                        surroundings
                                .bootJar("analysis-service")
                                .path()
                                .resolveSibling("kaitai")
                                .toString()),
                List.of(PortClaim.own(ANALYSIS, ports.analysis(), PortName.ANALYSIS)));
    }

    /** Watched by analysis; the page saves there. */
    private String analyzersDirectory() {
        return labFile.toAbsolutePath().resolveSibling("analyzers").toString();
    }

    /** Without a cache: those are recorded on a stack whose orchestrator hosts the journal. */
    private ProcessSpec journal() {
        return service(
                        JOURNAL,
                        "journal",
                        Map.of("KONTOR_JOURNAL_ENABLED", "true"),
                        List.of(PortClaim.own(JOURNAL, ports.journal(), PortName.JOURNAL)))
                .withoutCache();
    }

    private ProcessSpec gateway() {
        Entrance entrance = surroundings.entrance();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KONTOR_HTTP_ADDRESS", entrance.address().getHostAddress());
        environment.put("KONTOR_MANAGEMENT_ADDRESS", LOOPBACK.getHostAddress());
        environment.put(
                "KONTOR_RULES_DIR", labFile.toAbsolutePath().resolveSibling("rules").toString());
        environment.put("KONTOR_ANALYZERS_DIR", analyzersDirectory());
        environment.put("KONTOR_PICTURES_DIR", pictures(surroundings.data()).toString());
        environment.put("KONTOR_MANAGEMENT_PORT", Integer.toString(ports.gatewayManagement()));
        // Also where there is none: the launcher's own environment may have one.
        environment.put("KONTOR_TOKEN_FILE", entrance.tokenFile().map(Path::toString).orElse(""));
        return service(
                GATEWAY,
                "ui-gateway",
                environment,
                List.of(
                        new PortClaim(
                                GATEWAY,
                                Transport.TCP,
                                entrance.address(),
                                ports.gateway(),
                                PortName.GATEWAY.remedy()),
                        PortClaim.own(
                                GATEWAY, ports.gatewayManagement(), PortName.GATEWAY_MANAGEMENT)));
    }

    private ProcessSpec service(
            String name, String module, Map<String, String> environment, List<PortClaim> claims) {
        return spring.of(
                name,
                name,
                Role.SERVICE,
                module,
                256,
                environment,
                List.of(DATABASE, BROKER),
                claims,
                true);
    }

    public static String kafkaServers(Ports ports) {
        return LOOPBACK.getHostAddress() + ":" + ports.kafka();
    }

    public static String jdbcUrl(Ports ports) {
        return "jdbc:postgresql://%s:%d/%s"
                .formatted(LOOPBACK.getHostAddress(), ports.postgres(), DATABASE_NAME);
    }

    /** The address under which a service on one of our ports is reached; ends with a slash. */
    public static String address(int port) {
        return "http://%s:%d/".formatted(LOOPBACK.getHostAddress(), port);
    }
}
