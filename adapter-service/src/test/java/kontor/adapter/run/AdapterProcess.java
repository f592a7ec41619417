package kontor.adapter.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kontor.adapter.AdapterApplication;

/** The adapter as a process of its own, that can be killed. */
final class AdapterProcess implements AutoCloseable {

    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private AdapterProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, with as little memory as the launcher gives it, behind words that become it in the
     * end.
     *
     * @param log what it prints is appended to this file
     */
    static AdapterProcess start(List<String> before, Map<String, String> environment, Path log)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(before);
        command.addAll(
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AdapterApplication.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("KONTOR_HTTP_PORT", Integer.toString(port));
        Process process = builder.start();
        // It must not outlive this JVM, however that ends.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new AdapterProcess(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    /** Where it answers about itself. */
    InetSocketAddress management() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    long pid() {
        return process.pid();
    }

    /** What its health says, as JSON; empty while it does not answer. */
    String health() {
        return status();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** True once it listens for its game. */
    boolean listening() {
        return process.isAlive() && status().contains("\"listening\":true");
    }

    private String status() {
        try {
            return get("actuator/health");
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether its readiness says UP; false while it does not answer. */
    boolean ready() {
        try {
            return get("readyz").contains("\"status\":\"UP\"");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The value of one of its counters, 0 if there is none.
     *
     * @param tags that it has, as {@code name="value"}
     */
    long counter(String name, String... tags) throws IOException {
        return get("actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name))
                .filter(line -> Stream.of(tags).allMatch(line::contains))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    private String get(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:%d/%s".formatted(port, path));
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; its exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /** Its exit status, when it ends by itself. */
    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
    }
}
