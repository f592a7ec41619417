package kontor.launcher.plan;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

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

    static final InetAddress LOOPBACK = loopback();

    /**
     * For those who only watch, and where processors are few for all but the broker: there relaying
     * would miss for minutes what compiling takes.
     */
    private static final List<String> FIRST_COMPILER = List.of("-XX:TieredStopAtLevel=1");

    /**
     * For those whom each packet passes. With an AOT cache JDK 25 keeps the glue between its
     * interpreter and compiled code too, takes some of it for another's by its name, creates that
     * again and warns of each: of no use to anyone.
     */
    private static final List<String> BOTH_COMPILERS =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching");

    /** What an adapter's process needs at least, and what each further adapter in it adds. */
    private static final int ADAPTER_MEGABYTES = 160;

    private static final int FURTHER_ADAPTER_MEGABYTES = 64;

    /** With more of them orchestrator and adapters are compiled twice, and adapters apart. */
    static final int FEW_PROCESSORS = 2;

    private final Lab lab;
    private final Path labFile;
    private final Ports ports;
    private final Surroundings surroundings;

    private StackPlanner(Lab lab, Path labFile, Ports ports, Surroundings surroundings) {
        this.lab = lab;
        this.labFile = labFile;
        this.ports = ports;
        this.surroundings = surroundings;
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
        StackPlanner planner = new StackPlanner(lab, labFile, ports, surroundings);
        List<ProcessSpec> processes = new ArrayList<>();
        processes.add(DatabasePlan.of(ports, surroundings));
        processes.add(planner.broker());
        processes.add(
                planner.orchestrator(ORCHESTRATOR, ports.orchestrator(), PortName.ORCHESTRATOR));
        Set<String> left = new HashSet<>(without);
        switch (surroundings.adapters()) {
            case APART -> {
                for (int index = 0; index < lab.instances().size(); index++) {
                    processes.add(planner.adapter(index));
                }
            }
            case TOGETHER -> planner.adapters(left).ifPresent(processes::add);
        }
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

    private ProcessSpec broker() {
        Path directory = surroundings.data().resolve(BROKER);
        Path settings = directory.resolve("server.properties");
        BootJar own = surroundings.command();
        Path copy =
                surroundings.cache().resolve("broker-" + own.fingerprint()).resolve("broker.jar");
        String classPath =
                Stream.of(
                                Stream.of(copy),
                                surroundings.guests().stream().map(_ -> schemasCopy()),
                                surroundings.libraries().stream())
                        .flatMap(paths -> paths)
                        .map(Path::toString)
                        .collect(Collectors.joining(":"));
        List<String> command = java(320, compilers(Role.BROKER));
        command.addAll(
                List.of(
                        "-Dlog4j2.configurationFile=classpath:log4j2-broker.xml",
                        "-cp",
                        classPath));
        AotCache aotCache = aotCache(command, requireNonNull(copy.getParent()), true);
        command.addAll(List.of("kontor.launcher.broker.BrokerProcess", settings.toString()));
        if (surroundings.guests().isPresent()) {
            command.addAll(List.of(lab.name().value(), kafkaServers(ports)));
        }
        List<Preparation> preparations = new ArrayList<>();
        preparations.add(new Preparation.CopyJar(own.path(), copy));
        surroundings
                .guests()
                .ifPresent(guests -> {
                    preparations.add(
                            new Preparation.CopyJar(bootJar(SCHEMAS).path(), schemasCopy()));
                    preparations.add(
                            new Preparation.MakeGuestCertificate(
                                    BrokerSettings.guestFiles(directory), guests));
                });
        preparations.add(
                new Preparation.WriteBrokerSettings(
                        settings,
                        BrokerSettings.text(
                                directory,
                                ports.kafka(),
                                ports.kafkaController(),
                                surroundings.networks().map(StackPlanner::brokerForGames),
                                surroundings.guests())));
        return new ProcessSpec(
                BROKER,
                BROKER,
                Role.BROKER,
                command,
                Map.of(),
                List.of(),
                brokerClaims(),
                new Readiness.BrokerWithTopics(
                        kafkaServers(ports),
                        TopicCatalogue.forInstances(lab.names(), TopicSettings.STANDARD)),
                preparations,
                StopSignal.TERM,
                1,
                aotCache);
    }

    private Path schemasCopy() {
        return surroundings
                .cache()
                .resolve("schemas-" + bootJar(SCHEMAS).fingerprint())
                .resolve("schemas.jar");
    }

    private List<PortClaim> brokerClaims() {
        return Stream.of(
                        Stream.of(
                                own(BROKER, ports.kafka(), PortName.KAFKA),
                                own(BROKER, ports.kafkaController(), PortName.KAFKA_CONTROLLER)),
                        surroundings.guests().stream()
                                .map(guests ->
                                        new PortClaim(
                                                BROKER,
                                                Transport.TCP,
                                                guests.address(),
                                                guests.port(),
                                                "--guests ADDRESS:PORT")),
                        surroundings.networks().stream()
                                .map(networks ->
                                        new PortClaim(
                                                BROKER,
                                                Transport.TCP,
                                                networks.brokerAddress(),
                                                GameNetworks.BROKER_PORT,
                                                "who listens there on all addresses")))
                .flatMap(claims -> claims)
                .toList();
    }

    private static String brokerForGames(GameNetworks networks) {
        return networks.brokerAddress().getHostAddress() + ":" + GameNetworks.BROKER_PORT;
    }

    /** Named alike, wherever it is; data and log are apart. */
    private ProcessSpec orchestrator(String place, int port, PortName portName) {
        return spring(
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
                List.of(own(ORCHESTRATOR, port, portName)),
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
                        bootJar("analysis-service").path().resolveSibling("kaitai").toString()),
                List.of(own(ANALYSIS, ports.analysis(), PortName.ANALYSIS)));
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
                        List.of(own(JOURNAL, ports.journal(), PortName.JOURNAL)))
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
                        own(GATEWAY, ports.gatewayManagement(), PortName.GATEWAY_MANAGEMENT)));
    }

    private ProcessSpec service(
            String name, String module, Map<String, String> environment, List<PortClaim> claims) {
        return spring(
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

    private ProcessSpec adapter(int index) {
        LabInstance instance = lab.instances().get(index);
        String name = adapter(instance);
        List<PortClaim> claims = new ArrayList<>();
        claims.add(own(name, ports.adapters().get(index), PortName.ADAPTERS));
        claims.addAll(faces(name, instance));
        ProcessSpec adapter =
                spring(
                        name,
                        name,
                        Role.ADAPTER,
                        "adapter-service",
                        ADAPTER_MEGABYTES,
                        Map.of("KONTOR_INSTANCE", instance.name().value()),
                        List.of(BROKER),
                        claims,
                        index == 0);
        return surroundings
                .networks()
                .map(networks -> apart(adapter, instance, networks))
                .orElse(adapter);
    }

    /**
     * One process for the adapters of all instances; empty if none is left.
     *
     * @param left loses the names of adapters
     */
    private Optional<ProcessSpec> adapters(Set<String> left) {
        if (surroundings.networks().isPresent()) {
            throw new IllegalArgumentException(
                    "games in network namespaces need adapters apart; leave out --adapters"
                            + " together or --netns");
        }
        List<LabInstance> here =
                lab.instances().stream()
                        .filter(instance -> !left.remove(adapter(instance)))
                        .toList();
        if (here.isEmpty()) {
            return Optional.empty();
        }
        List<PortClaim> claims = new ArrayList<>();
        claims.add(own(ADAPTERS, ports.adapters().getFirst(), PortName.ADAPTERS));
        here.forEach(instance -> claims.addAll(faces(ADAPTERS, instance)));
        return Optional.of(
                spring(
                        ADAPTERS,
                        ADAPTERS,
                        Role.ADAPTER,
                        "adapter-service",
                        ADAPTER_MEGABYTES + (here.size() - 1) * FURTHER_ADAPTER_MEGABYTES,
                        Map.of(
                                "KONTOR_INSTANCE",
                                here.stream()
                                        .map(instance -> instance.name().value())
                                        .collect(Collectors.joining(",")),
                                // Each has its own directory in it, the same as apart: its spool
                                // is found again when the arrangement changes.
                                "KONTOR_DATA_DIR",
                                surroundings.data().toString()),
                        List.of(BROKER),
                        claims,
                        true));
    }

    /** An adapter in its namespace, which reaches the broker through its uplink. */
    private ProcessSpec apart(ProcessSpec adapter, LabInstance instance, GameNetworks networks) {
        String address = networks.adapterAddress(instance).getHostAddress();
        int port = adapter.port().orElseThrow();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KONTOR_KAFKA_SERVERS", brokerForGames(networks));
        environment.put("KONTOR_HTTP_ADDRESS", address);
        networks.group(instance)
                .ifPresent(group -> environment.put("KONTOR_FREEZE_CGROUP", group.toString()));
        return adapter.apart(
                GameNetworks.within(networks.adapterNamespace(instance)),
                environment,
                new Readiness.Http(URI.create("http://%s:%d/readyz".formatted(address, port))));
    }

    private List<PortClaim> faces(String name, LabInstance instance) {
        return instance.peers().values().stream()
                .flatMap(face ->
                        Stream.of(Transport.TCP, Transport.UDP)
                                .flatMap(transport -> faces(name, transport, face).stream()))
                .toList();
    }

    private List<PortClaim> faces(String name, Transport transport, InetAddress face) {
        String remedy = "'ports' or 'peers' in " + labFile;
        return (transport == Transport.TCP ? lab.tcpPorts() : lab.udpPorts())
                .stream()
                        .mapToObj(port -> new PortClaim(name, transport, face, port, remedy))
                        .toList();
    }

    private ProcessSpec spring(
            String name,
            String place,
            Role role,
            String module,
            int heapMegabytes,
            Map<String, String> environment,
            List<String> after,
            List<PortClaim> claims,
            boolean writesCache) {
        BootJar jar = bootJar(module);
        // Of its own for each build: whatever still runs from an older one is not disturbed.
        Path layout = surroundings.cache().resolve(module + "-" + jar.fingerprint());
        int port = claims.getFirst().port();
        List<String> command = java(heapMegabytes, compilers(role));
        command.addAll(
                List.of(
                        "-jar",
                        layout.resolve(requireNonNull(jar.path().getFileName())).toString()));
        Map<String, String> all = new LinkedHashMap<>(common(place, port));
        all.putAll(environment);
        return new ProcessSpec(
                name,
                place,
                role,
                command,
                all,
                after,
                claims,
                new Readiness.Http(readiness(name, port)),
                List.of(new Preparation.ExtractBootJar(module, jar.path(), layout)),
                StopSignal.TERM,
                1,
                aotCache(command, layout, writesCache));
    }

    private URI readiness(String name, int port) {
        URI root =
                name.equals(GATEWAY)
                        ? surroundings.entrance().page(port)
                        : URI.create(address(port));
        return root.resolve("readyz");
    }

    /**
     * The cache of a JVM with this command line, as far as it does not differ from start to start.
     * The heap's size does not matter to it.
     *
     * @param writes false for the second of two processes that would write the same one
     */
    private @Nullable AotCache aotCache(List<String> command, Path layout, boolean writes) {
        if (surroundings.aotCaches() == AotCache.Use.WRITE && !writes) {
            return null;
        }
        List<String> decisive = command.stream().filter(word -> !word.startsWith("-Xmx")).toList();
        int same = Objects.hash(surroundings.javaVersion(), decisive);
        return new AotCache(layout.resolve("%08x.aot".formatted(same)), surroundings.aotCaches());
    }

    private BootJar bootJar(String module) {
        BootJar jar = surroundings.bootJars().get(module);
        if (jar == null) {
            throw new IllegalArgumentException("no boot jar of " + module);
        }
        return jar;
    }

    private Map<String, String> common(String place, int port) {
        return Map.ofEntries(
                Map.entry("KONTOR_KAFKA_SERVERS", kafkaServers(ports)),
                Map.entry("KONTOR_POSTGRES_URL", jdbcUrl(ports)),
                Map.entry("KONTOR_POSTGRES_USER", DATABASE_NAME),
                Map.entry("KONTOR_POSTGRES_PASSWORD", ""),
                Map.entry("KONTOR_HTTP_ADDRESS", LOOPBACK.getHostAddress()),
                Map.entry("KONTOR_HTTP_PORT", Integer.toString(port)),
                Map.entry("KONTOR_LAB_FILE", labFile.toString()),
                Map.entry("KONTOR_DATA_DIR", surroundings.data().resolve(place).toString()));
    }

    private List<String> compilers(Role role) {
        return switch (role) {
            case BROKER -> BOTH_COMPILERS;
            case ORCHESTRATOR, ADAPTER ->
                    surroundings.processors() > FEW_PROCESSORS ? BOTH_COMPILERS : FIRST_COMPILER;
            case DATABASE, SERVICE -> FIRST_COMPILER;
        };
    }

    /** Small and quick to start: one collector thread; a cache besides. */
    private List<String> java(int heapMegabytes, List<String> special) {
        return Stream.of(
                        List.of(
                                surroundings.java().toString(),
                                "-Xmx" + heapMegabytes + "m",
                                "-XX:+UseSerialGC"),
                        special,
                        List.of(
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"),
                        surroundings.javaOptions())
                .flatMap(List::stream)
                .collect(Collectors.toCollection(ArrayList::new));
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

    static PortClaim own(String process, int port, PortName name) {
        return new PortClaim(process, Transport.TCP, LOOPBACK, port, name.remedy());
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
