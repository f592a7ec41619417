package kontor.launcher.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.ports.FreePorts;
import kontor.players.chaos.NotRecoveredException;

/**
 * A second orchestrator on a free port, which takes the log over from the one of the stack. Outside
 * of the stack's supervision; it does not outlive this JVM, unless that is killed.
 */
final class Usurper {

    private static final String READINESS = "actuator/health/readiness";

    /** In the readiness of an orchestrator that relays. */
    private static final String OWNING = "OWNING";

    /** In the readiness of a process that follows the active owner. */
    private static final String STANDBY = "STANDBY";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 100;

    private final Process process;
    private final int port;
    private final Thread atExit;

    private Usurper(Process process, int port) {
        this.process = process;
        this.port = port;
        this.atExit = new Thread(process::destroyForcibly, "kontor-usurper-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * @param orchestrator whose place it takes
     * @param log gets its output
     */
    static Usurper start(ProcessSpec orchestrator, Path log) throws NotRecoveredException {
        int port = new FreePorts().getAsInt();
        ProcessBuilder builder =
                new ProcessBuilder(orchestrator.command())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(orchestrator.environment());
        builder.environment()
                .putAll(
                        Map.of(
                                "KONTOR_HTTP_PORT",
                                Integer.toString(port),
                                "KONTOR_PROCESS_ID",
                                UUID.randomUUID().toString()));
        try {
            return new Usurper(builder.start(), port);
        } catch (IOException e) {
            throw new NotRecoveredException("no second orchestrator could be started: " + e);
        }
    }

    void awaitOwning(Duration patience) throws InterruptedException, NotRecoveredException {
        awaitSaying(OWNING, port, patience);
    }

    /** SIGKILL; waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** Waits until the orchestrator on a port of 127.0.0.1 relays. */
    static void awaitOwning(int port, Duration patience)
            throws InterruptedException, NotRecoveredException {
        awaitSaying(OWNING, port, patience);
    }

    /** Waits until the orchestrator on a port of 127.0.0.1 knows that another one relays. */
    static void awaitStandby(int port, Duration patience)
            throws InterruptedException, NotRecoveredException {
        awaitSaying(STANDBY, port, patience);
    }

    private static void awaitSaying(String word, int port, Duration patience)
            throws InterruptedException, NotRecoveredException {
        URI readiness = URI.create(StackPlanner.address(port)).resolve(READINESS);
        HttpRequest request = HttpRequest.newBuilder(readiness).timeout(TIMEOUT).build();
        long deadline = System.nanoTime() + patience.toNanos();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            String answer = ask(client, request);
            while (!answer.contains(word)) {
                if (System.nanoTime() > deadline) {
                    throw new NotRecoveredException(
                            "the orchestrator on port %d is not %s: %s"
                                    .formatted(port, word, answer));
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                answer = ask(client, request);
            }
        }
    }

    private static String ask(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "does not answer: " + e;
        }
    }
}
