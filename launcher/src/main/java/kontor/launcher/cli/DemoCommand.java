package kontor.launcher.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import kontor.launcher.gateway.ContinuityAnswer;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.StackFailedException;
import kontor.players.games.Demo;
import kontor.players.games.DemoReport;
import kontor.players.games.DemoSettings;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets stand-in games play through a lab. */
@Command(
        name = "demo",
        description = {
            "Lets three stand-in games speak real DirectPlay 4 to each other: they find a session,"
                + " join, chat, trade, sail and leave, round after round, until Ctrl-C. Uses the"
                + " running stack, or starts one.",
            "With --once: one round and a summary; exit status 0 only if every byte arrived exactly"
                    + " once and in order."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {

    private static final Duration CONTINUITY_PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEAVING_PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--once", description = "Play one round and exit.")
    private boolean once;

    @Option(names = "--players", paramLabel = "N", description = "2 to 4. Default: 3.")
    private int players = DemoSettings.ONCE.players();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of what the games do. Default: 1602.")
    private long seed = DemoSettings.ONCE.seed();

    @Option(
            names = "--page",
            paramLabel = "URL",
            description = {
                "Play through the stack whose page has this address, however it was started;",
                "--lab describes its games."
            })
    private @Nullable URI page;

    @Mixin private StackOptions options = new StackOptions();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        DemoSettings usual = DemoSettings.ONCE;
        DemoSettings settings =
                new DemoSettings(
                        once ? 1 : 0,
                        players,
                        usual.actions(),
                        usual.pause(),
                        seed,
                        usual.ports(),
                        usual.patience());
        return page == null ? playHere(settings) : playAt(page, settings);
    }

    private int playHere(DemoSettings settings)
            throws IOException,
                    InterruptedException,
                    LabFileException,
                    LaunchRefusedException,
                    StackFailedException {
        try (BorrowedStack stack = BorrowedStack.runningOrOwn(console, options);
                GatewayClient gateway = options.token().gatewayOf(stack.now())) {
            return play(stack.lab(), stack.page(), gateway, settings, stack::atInterrupt);
        }
    }

    private int playAt(URI page, DemoSettings settings)
            throws IOException, InterruptedException, LabFileException {
        Lab lab = LabFile.read(options.labFile());
        try (GatewayClient gateway = options.token().gatewayAt(page)) {
            return play(lab, page, gateway, settings, DemoCommand::atInterrupt);
        }
    }

    private static void atInterrupt(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "kontor-shutdown-1"));
    }

    private int play(
            Lab lab,
            URI where,
            GatewayClient gateway,
            DemoSettings settings,
            Consumer<Runnable> interrupts)
            throws IOException, InterruptedException {
        SessionId session = gateway.startSession(lab.name().value());
        console.line("");
        console.line(
                "%d games are playing. Watch them: %s"
                        .formatted(settings.players(), console.bold(where.toString())));
        if (!once) {
            console.line(console.dim("Ctrl-C stops the demo."));
        }
        Demo demo = new Demo(lab, settings, Reports.progress(console));
        CountDownLatch reported = new CountDownLatch(1);
        interrupts.accept(() -> leave(demo, reported));
        try {
            DemoReport report = demo.play();
            gateway.endSession(session);
            Reports.print(console, report);
            ContinuityAnswer continuity = gateway.continuity(session, CONTINUITY_PATIENCE);
            Reports.print(console, continuity);
            return report.passed() && continuity.clean() ? ExitStatus.OK : ExitStatus.FAILED;
        } finally {
            reported.countDown();
        }
    }

    /** The games leave in good order, and the report is still printed. */
    private void leave(Demo demo, CountDownLatch reported) {
        demo.stop();
        try {
            if (!reported.await(LEAVING_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                console.error("kontor: the games did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
