package kontor.launcher.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import kontor.launcher.gateway.ContinuityAnswer;
import kontor.launcher.gateway.GatewayClient;
import kontor.players.capture.CaptureException;
import kontor.players.capture.CaptureFile;
import kontor.players.replay.Replay;
import kontor.players.replay.ReplayReport;
import kontor.players.replay.Speed;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a capture back through the running lab. */
@Command(
        name = "replay",
        description = {
            "Plays a capture back through the running lab, as a session of its own: for each mapped"
                + " address a stand-in game sends what that game sent, and what each receives is"
                + " held against what the others sent.",
            "Exit status 0 only if every byte arrived, in order, once."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayCommand implements Callable<Integer> {

    private static final Duration CONTINUITY_PATIENCE = Duration.ofSeconds(60);

    @Parameters(paramLabel = "FILE", description = "A capture, pcapng or pcap.")
    private Path file = Path.of("");

    @Option(
            names = "--map",
            paramLabel = "ADDRESS=INSTANCE",
            required = true,
            description = "Which address of the capture is played by which game; two or more.")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "1",
            description =
                    "As recorded (1), N times as fast, or without any waiting but for what a game"
                            + " must have received first (max). Default: 1.")
    private String speed = "1";

    @Option(names = "--json", description = "The report for programs.")
    private boolean json;

    @Mixin private DataOption data = new DataOption();

    @Mixin private TokenOption token = new TokenOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        try {
            Map<InetAddress, InstanceName> games = games();
            Speed parsedSpeed = Speed.parse(speed);
            Optional<BorrowedStack> running = BorrowedStack.running(data.directory().path());
            if (running.isEmpty()) {
                console.error(
                        "kontor: no lab is running in %s; start one with kontor up --detach"
                                .formatted(data.directory().path()));
                return ExitStatus.FAILED;
            }
            try (GatewayClient gateway = token.gatewayOf(running.get().now())) {
                return play(running.get(), gateway, games, parsedSpeed);
            }
        } catch (NoSuchFileException e) {
            console.error("kontor: there is no file " + file);
            return ExitStatus.USAGE;
        } catch (CaptureException e) {
            console.error("kontor: %s: %s".formatted(file, e.getMessage()));
            return ExitStatus.USAGE;
        }
    }

    private Map<InetAddress, InstanceName> games() {
        Map<InetAddress, InstanceName> games = new LinkedHashMap<>();
        map.forEach((address, instance) -> {
            try {
                games.put(InetAddress.ofLiteral(address), new InstanceName(instance));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "--map %s=%s: %s".formatted(address, instance, e.getMessage()), e);
            }
        });
        return games;
    }

    private int play(
            BorrowedStack stack,
            GatewayClient gateway,
            Map<InetAddress, InstanceName> games,
            Speed parsedSpeed)
            throws IOException, InterruptedException, CaptureException {
        var capture = CaptureFile.read(file);
        games.values().forEach(stack.lab()::instance);
        SessionId session = gateway.startSession(stack.lab().name().value());
        ReplayReport report =
                Replay.run(capture, games, stack.lab(), parsedSpeed, Reports.progress(console));
        gateway.endSession(session);
        ContinuityAnswer continuity = gateway.continuity(session, CONTINUITY_PATIENCE);
        if (json) {
            console.line(report.toJson());
        } else {
            Reports.print(console, report);
            Reports.print(console, continuity);
            console.line("The session: %s?session=%s".formatted(stack.page(), session));
        }
        return report.passed() && continuity.clean() ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
