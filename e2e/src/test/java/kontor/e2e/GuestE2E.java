package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kontor.launcher.cli.KontorCommand;
import kontor.launcher.plan.Guests;
import kontor.launcher.stack.Installation;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The adapter of game2 is no part of the stack: it runs from the files that an invitation gives, in
 * that directory, and reaches the broker by TLS and with its password.
 */
@Timeout(400)
final class GuestE2E {

    private static final int PORT = 2312;
    private static final int ROUND_TRIPS = 200;
    private static final InetSocketAddress GAME1 = new InetSocketAddress("127.81.0.1", PORT);
    private static final InetSocketAddress GAME2 = new InetSocketAddress("127.82.0.2", PORT);
    private static final InetSocketAddress GAME2_FOR_GAME1 =
            new InetSocketAddress("127.81.0.2", PORT);

    @TempDir private Path directory;

    @Test
    void aGameOnAnotherComputerPlaysByTheInvitationsFilesAlone() throws Exception {
        try (Stack stack = launched()) {
            stack.awaitReady();
            assertThat(KontorCommand.execute("invite", "game2", "--data", data().toString()))
                    .isZero();
            Process adapter = guest(data().resolve("invitations/game2"));
            try {
                Api api = new Api(stack.page());
                String session = api.startSession();
                api.await(
                        "/api/instances",
                        answer ->
                                answer.get("instances")
                                        .valueStream()
                                        .anyMatch(each ->
                                                each.get("name").asString().equals("game2")
                                                        && each.get("connected").asBoolean()));

                clocksAgree(api);

                assertThat(roundTrips())
                        .isEqualTo(
                                IntStream.range(0, ROUND_TRIPS)
                                        .boxed()
                                        .collect(Collectors.toList()));

                assertThat(api.settledContinuity(session).get("verdict").asString())
                        .isEqualTo("clean");
            } finally {
                adapter.destroyForcibly().waitFor();
            }
        }
    }

    /** Both adapters have this machine's clock, as the broker has. */
    private static void clocksAgree(Api api) throws IOException, InterruptedException {
        JsonNode answer =
                api.await(
                        "/api/instances",
                        each ->
                                each.get("instances")
                                        .valueStream()
                                        .allMatch(instance -> instance.hasNonNull("clock")));
        assertThat(answer.get("instances").valueStream().map(each -> each.get("clock")))
                .hasSize(2)
                .allSatisfy(clock ->
                        assertThat(Math.abs(clock.get("brokerAheadMicros").asLong()))
                                .isLessThanOrEqualTo(clock.get("uncertaintyMicros").asLong()));
    }

    private Stack launched() throws Exception {
        Path lab =
                Files.writeString(
                        directory.resolve("lab.yaml"),
                        """
                        lab: guest
                        ports: { tcp: [%1$d], udp: [%1$d] }
                        instances:
                          game1: { address: 127.81.0.1, peers: { game2: 127.81.0.2 } }
                          game2: { address: 127.82.0.2, peers: { game1: 127.82.0.1 } }
                        """
                                .formatted(PORT));
        return Launcher.here()
                .launch(
                        StackSettings.of(data(), lab)
                                .without(Set.of("adapter-game2", "analysis"))
                                .withGuests(
                                        new Guests(
                                                InetAddress.ofLiteral("127.0.0.1"), freePort())));
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Process guest(Path invitation) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx160m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                adapterJar().toString())
                        .directory(invitation.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("adapter.log").toFile());
        Map<String, String> environment = builder.environment();
        for (String line : Files.readAllLines(invitation.resolve("adapter.env"))) {
            String[] setting = line.split("=", 2);
            environment.put(setting[0], setting[1]);
        }
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static Path adapterJar() throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(
                        Installation.locate().root().resolve("adapter-service/target"),
                        "adapter-service-*-boot.jar")) {
            return jars.iterator().next().toAbsolutePath();
        }
    }

    /** Game1 asks game2 with one number after another; what came back. */
    private static List<Integer> roundTrips() throws Exception {
        List<Integer> back = new ArrayList<>();
        // The sockets are closed first, which ends the echo.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                DatagramSocket echo = new DatagramSocket(GAME2);
                DatagramSocket client = new DatagramSocket(GAME1)) {
            Future<?> _ =
                    threads.submit(() -> {
                        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
                        while (true) {
                            echo.receive(packet);
                            echo.send(packet);
                        }
                    });
            client.setSoTimeout(30_000);
            for (int number = 0; number < ROUND_TRIPS; number++) {
                byte[] payload = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
                client.send(new DatagramPacket(payload, payload.length, GAME2_FOR_GAME1));
                DatagramPacket answer = new DatagramPacket(new byte[64], 64);
                client.receive(answer);
                back.add(ByteBuffer.wrap(answer.getData()).getInt());
            }
        }
        return back;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }
}
