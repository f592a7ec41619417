package kontor.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;

/**
 * The stack of compose.yaml under a project name, ports, a password and a lab of its own, from
 * images of the jars that this build has made. Every method waits until the command has ended and
 * fails with its output where it failed.
 */
final class ComposeStack {

    /** In place of the default lab's 127.1.0.1 to 127.4.0.4: 127.71.0.1 to 127.74.0.4. */
    private static final int FIRST_NETWORK = 71;

    private static final List<String> SERVICES =
            List.of(
                    "KONTOR_ADAPTER_GAME1_PORT",
                    "KONTOR_ADAPTER_GAME2_PORT",
                    "KONTOR_ADAPTER_GAME3_PORT",
                    "KONTOR_ADAPTER_GAME4_PORT",
                    "KONTOR_ORCHESTRATOR_PORT",
                    "KONTOR_ANALYSIS_PORT",
                    "KONTOR_GATEWAY_PORT");
    private static final List<String> INFRASTRUCTURE =
            List.of("KONTOR_KAFKA_UI_PORT", "KONTOR_KAFKA_PORT", "KONTOR_POSTGRES_PORT");
    private static final List<String> PORTS =
            Stream.of(SERVICES, INFRASTRUCTURE).flatMap(List::stream).toList();

    private final Path root = ComposeFiles.root();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Lab lab;

    private ComposeStack() throws IOException, InterruptedException, LabFileException {
        Path directory = Files.createTempDirectory("kontor-compose");
        Path labFile = directory.resolve("lab.yaml");
        Files.writeString(labFile, TestLab.file("compose", FIRST_NETWORK));
        lab = LabFile.read(labFile);

        Path secrets = directory.resolve("secrets");
        execute(
                List.of(
                        root.resolve("deploy/compose/init-env.sh").toString(),
                        directory.resolve("env").toString(),
                        secrets.toString()));
        settings.put("COMPOSE_PROJECT_NAME", "kontor-e2e");
        settings.put("KONTOR_SECRETS", secrets.toString());
        settings.put("KONTOR_LAB", labFile.toString());
        settings.put("KONTOR_JARS", "working-copy");
        settings.put("KONTOR_VERSION", "e2e");
        settings.putAll(freePorts());
    }

    /**
     * Builds the images and starts everything.
     *
     * @throws AssertionError where no engine answers, or something does not become healthy
     */
    static ComposeStack start() throws Exception {
        ComposeStack stack = new ComposeStack();
        stack.execute(List.of("docker", "version", "--format", "engine {{.Server.Version}}"));
        stack.remove();
        stack.compose("--profile", "demo", "build");
        stack.up();
        return stack;
    }

    /**
     * Starts what is not running; waits until everything is healthy, and ready: an engine goes on
     * calling a service healthy while that waits for a broker which is started again.
     */
    void up() throws IOException, InterruptedException {
        compose("up", "--detach", "--wait");
        for (String port : SERVICES) {
            new Api(loopback(port)).awaitReady();
        }
    }

    /** The output of {@code docker compose} with these arguments. */
    String compose(String... arguments) throws IOException, InterruptedException {
        return execute(
                Stream.concat(Stream.of("docker", "compose"), Stream.of(arguments)).toList());
    }

    /** All that the engine tells about the containers, those too that have ended. */
    String inspection() throws IOException, InterruptedException {
        List<String> containers = compose("ps", "--all", "--quiet").lines().toList();
        return execute(Stream.concat(Stream.of("docker", "inspect"), containers.stream()).toList());
    }

    /** The database's. */
    String password() throws IOException {
        Path secrets = Path.of(requireNonNull(settings.get("KONTOR_SECRETS")));
        return Files.readString(secrets.resolve("postgres-password")).strip();
    }

    Api api() {
        return new Api(loopback("KONTOR_GATEWAY_PORT"));
    }

    private URI loopback(String port) {
        return URI.create("http://127.0.0.1:" + settings.get(port));
    }

    Lab lab() {
        return lab;
    }

    private String execute(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().putAll(settings);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(
                    "%s ended with %d:\n%s"
                            .formatted(String.join(" ", command), process.exitValue(), output));
        }
        return output;
    }

    private static Map<String, String> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < PORTS.size(); i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return PORTS.stream()
                    .collect(
                            Collectors.toMap(
                                    name -> name,
                                    name ->
                                            Integer.toString(
                                                    sockets.get(PORTS.indexOf(name))
                                                            .getLocalPort())));
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Ends everything, and removes what it has kept. */
    void remove() throws IOException, InterruptedException {
        compose("down", "--volumes");
    }
}
