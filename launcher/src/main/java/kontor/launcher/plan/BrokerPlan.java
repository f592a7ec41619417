package kontor.launcher.plan;

import static java.util.Objects.requireNonNull;
import static kontor.launcher.plan.StackPlanner.BROKER;
import static kontor.launcher.plan.StackPlanner.SCHEMAS;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;

/** The process that is the Kafka broker. */
final class BrokerPlan {

    /**
     * 50 MB of it are in use after a collection, whatever the traffic. The rest fills with what
     * Kafka's own histograms let go of, a few MB a minute, until it is collected.
     */
    private static final int HEAP_MEGABYTES = 192;

    private static final int YOUNG_MEGABYTES = 100;

    private final Lab lab;
    private final Ports ports;
    private final Surroundings surroundings;

    private BrokerPlan(Lab lab, Ports ports, Surroundings surroundings) {
        this.lab = lab;
        this.ports = ports;
        this.surroundings = surroundings;
    }

    static ProcessSpec of(Lab lab, Ports ports, Surroundings surroundings) {
        return new BrokerPlan(lab, ports, surroundings).process();
    }

    private ProcessSpec process() {
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
        JavaStart java = new JavaStart(surroundings);
        List<String> command = java.command(HEAP_MEGABYTES, Role.BROKER);
        command.addAll(
                List.of(
                        "-Xmn" + YOUNG_MEGABYTES + "m",
                        "-Dlog4j2.configurationFile=classpath:log4j2-broker.xml",
                        "-cp",
                        classPath));
        AotCache aotCache =
                java.cache(command, Role.BROKER, requireNonNull(copy.getParent()), true);
        command.addAll(List.of("kontor.launcher.broker.BrokerProcess", settings.toString()));
        if (surroundings.guests().isPresent()) {
            command.addAll(List.of(lab.name().value(), StackPlanner.kafkaServers(ports)));
        }
        List<Preparation> preparations = new ArrayList<>();
        preparations.add(new Preparation.CopyJar(own.path(), copy));
        surroundings
                .guests()
                .ifPresent(guests -> {
                    preparations.add(
                            new Preparation.CopyJar(
                                    surroundings.bootJar(SCHEMAS).path(), schemasCopy()));
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
                                surroundings.hasFewProcessors(),
                                surroundings.networks().map(GameNetworks::brokerPlace),
                                surroundings.guests())));
        return new ProcessSpec(
                BROKER,
                BROKER,
                Role.BROKER,
                command,
                Map.of(),
                List.of(),
                claims(),
                new Readiness.BrokerWithTopics(
                        StackPlanner.kafkaServers(ports),
                        TopicCatalogue.forInstances(lab.names(), TopicSettings.STANDARD)),
                preparations,
                StopSignal.TERM,
                1,
                aotCache);
    }

    private Path schemasCopy() {
        return surroundings
                .cache()
                .resolve("schemas-" + surroundings.bootJar(SCHEMAS).fingerprint())
                .resolve("schemas.jar");
    }

    private List<PortClaim> claims() {
        return Stream.of(
                        Stream.of(
                                PortClaim.own(BROKER, ports.kafka(), PortName.KAFKA),
                                PortClaim.own(
                                        BROKER,
                                        ports.kafkaController(),
                                        PortName.KAFKA_CONTROLLER)),
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
}
