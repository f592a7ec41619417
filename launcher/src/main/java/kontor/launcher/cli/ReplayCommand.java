package kontor.launcher.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import kontor.captures.reading.Capture;
import kontor.launcher.gateway.ContinuityAnswer;
import kontor.launcher.gateway.GatewayClient;
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
            "Replays a capture through the running lab as a session of its own: for each mapped"
                + " address a stand-in game sends what that game sent, and what each receives is"
                + " compared with what the others sent.",
            "The report accounts for every frame of the capture: played, incomplete, left out, or"
                    + " noise.",
            "Exit status: 0 if every byte arrived exactly once and in order; 1 if the lab is at"
                + " fault; 2 if all that was played arrived but the capture is incomplete; 64 if"
                + " the arguments or the file are invalid and nothing was played."
        },
        exitCodeOnInvalidInput = ExitStatus.REPLAY_USAGE,
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayCommand implements Callable<Integer> {

    private static final Duration CONTINUITY_PATIENCE = Duration.ofSeconds(60);

    @Parameters(paramLabel = "FILE", description = "Capture file, pcapng or pcap.")
    private Path file = Path.of("");

    @Option(
            names = "--map",
            paramLabel = "ADDRESS=INSTANCE",
            required = true,
            description = "Address in the capture and the game that plays it; two or more.")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "1",
            description =
                    "As recorded (1), N times as fast, or as fast as possible, waiting only for"
                            + " what a game must have received first (max). Default: 1.")
    private String speed = "1";

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin private DataOption data = new DataOption();

    @Mixin private TokenOption token = new TokenOption();

    private final Console console = Console.system();

    @Override
    public Integer call() {
        try {
            return replay();
        } catch (Exception e) {
            int status = Failures.report(console, e);
            return status == ExitStatus.USAGE ? ExitStatus.REPLAY_USAGE : status;
        }
    }

    private int replay() throws Exception {
        Map<InetAddress, InstanceName> games = games();
        Speed parsedSpeed = Speed.parse(speed);
        Capture capture = CaptureArgument.read(file);
        Optional<BorrowedStack> running = data.runningStack(console);
        if (running.isEmpty()) {
            return ExitStatus.FAILED;
        }
        try (GatewayClient gateway = token.gatewayOf(running.get().now())) {
            return play(running.get(), gateway, capture, games, parsedSpeed);
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
            Capture capture,
            Map<InetAddress, InstanceName> games,
            Speed parsedSpeed)
            throws IOException, InterruptedException {
        games.values().forEach(stack.lab()::instance);
        SessionId session = gateway.startSession(stack.lab().name().value());
        ReplayReport report;
        try {
            report =
                    Replay.run(capture, games, stack.lab(), parsedSpeed, Reports.progress(console));
        } finally {
            gateway.endSession(session);
        }
        ContinuityAnswer continuity = gateway.continuity(session, CONTINUITY_PATIENCE);
        if (json) {
            console.line(report.toJson());
        } else {
            Reports.print(console, report);
            Reports.print(console, continuity);
            console.line("The session: %s?session=%s".formatted(stack.page(), session));
        }
        return status(report, continuity.clean());
    }

    /** A fault of the lab outweighs what the capture lacks. */
    static int status(ReplayReport report, boolean clean) {
        if (!report.passed() || !clean) {
            return ExitStatus.FAILED;
        }
        return report.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
    }
}
