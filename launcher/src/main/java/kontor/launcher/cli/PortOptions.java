package kontor.launcher.cli;

import java.util.EnumMap;
import java.util.Map;
import kontor.launcher.plan.PortChoice;
import kontor.launcher.plan.PortName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ports the processes listen on. */
final class PortOptions {

    @Option(
            names = {"--gateway-port", "--http-port"},
            paramLabel = "N",
            description = "Page and API. Default: 8080 (KONTOR_GATEWAY_PORT).")
    private @Nullable Integer gateway;

    @Option(
            names = "--orchestrator-port",
            paramLabel = "N",
            description = "Default: 8081 (KONTOR_ORCHESTRATOR_PORT).")
    private @Nullable Integer orchestrator;

    @Option(
            names = "--orchestrator-2-port",
            paramLabel = "N",
            description =
                    "Of its successor during a reload. Default: 8083 (KONTOR_ORCHESTRATOR_2_PORT).")
    private @Nullable Integer orchestrator2;

    @Option(
            names = "--analysis-port",
            paramLabel = "N",
            description = "Default: 8082 (KONTOR_ANALYSIS_PORT).")
    private @Nullable Integer analysis;

    @Option(
            names = "--gateway-management-port",
            paramLabel = "N",
            description =
                    "Metrics and health details of the gateway. Default: 8084"
                            + " (KONTOR_GATEWAY_MANAGEMENT_PORT).")
    private @Nullable Integer gatewayManagement;

    @Option(
            names = "--journal-port",
            paramLabel = "N",
            description = "With --journal own. Default: 8085 (KONTOR_JOURNAL_PORT).")
    private @Nullable Integer journal;

    @Option(
            names = "--adapter-port",
            paramLabel = "N",
            description =
                    "Of the first adapter; the others use the ports that follow. Default: 8091"
                            + " (KONTOR_ADAPTERS_PORT).")
    private @Nullable Integer adapters;

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            description = "Default: 9092 (KONTOR_KAFKA_PORT).")
    private @Nullable Integer kafka;

    @Option(
            names = "--kafka-controller-port",
            paramLabel = "N",
            description = "Default: 9093 (KONTOR_KAFKA_CONTROLLER_PORT).")
    private @Nullable Integer kafkaController;

    @Option(
            names = "--postgres-port",
            paramLabel = "N",
            description = "Default: 15432 (KONTOR_POSTGRES_PORT).")
    private @Nullable Integer postgres;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description =
                    "All ports at once: gateway N and N+4, orchestrator N+1 and N+3, analysis N+2,"
                        + " journal N+5, adapters from N+11, Kafka N+20 and N+21, PostgreSQL N+30.")
    private @Nullable Integer base;

    @Option(
            names = "--ports",
            paramLabel = "usual|auto",
            defaultValue = "usual",
            description = "auto picks free ports, which kontor status shows. Default: usual.")
    private Scheme scheme = Scheme.USUAL;

    enum Scheme {
        USUAL,
        AUTO
    }

    /**
     * @throws IllegalArgumentException if a variable is no number
     */
    PortChoice choice(Map<String, String> environment) {
        Map<PortName, Integer> given = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            @Nullable Integer port = option(name);
            if (port == null) {
                port = variable(environment, name.environmentVariable());
            }
            if (port != null) {
                given.put(name, port);
            }
        }
        return new PortChoice(given, chosenScheme());
    }

    private PortChoice.Scheme chosenScheme() {
        if (base != null) {
            return new PortChoice.Scheme.Base(base);
        }
        return switch (scheme) {
            case USUAL -> new PortChoice.Scheme.Usual();
            case AUTO -> new PortChoice.Scheme.Free();
        };
    }

    private @Nullable Integer option(PortName name) {
        return switch (name) {
            case GATEWAY -> gateway;
            case GATEWAY_MANAGEMENT -> gatewayManagement;
            case ORCHESTRATOR -> orchestrator;
            case ANALYSIS -> analysis;
            case ORCHESTRATOR_2 -> orchestrator2;
            case JOURNAL -> journal;
            case ADAPTERS -> adapters;
            case KAFKA -> kafka;
            case KAFKA_CONTROLLER -> kafkaController;
            case POSTGRES -> postgres;
        };
    }

    private static @Nullable Integer variable(Map<String, String> environment, String name) {
        @Nullable String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s is '%s', which is not a port number".formatted(name, text), e);
        }
    }
}
