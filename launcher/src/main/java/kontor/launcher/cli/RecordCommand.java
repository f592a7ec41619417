package kontor.launcher.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.recording.ScreenRecorder;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.StackState;
import kontor.launcher.stack.TokenFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps pictures of all screens of the running lab until it is ended. */
@Command(
        name = "record",
        description = {
            "Keeps pictures of the games' screens, each tied to the session event that was the"
                + " newest then; the page shows them beside the selected event. Ctrl-C ends it.",
            "Needs a running stack whose lab file has 'vnc', and screens there."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RecordCommand implements Callable<Integer> {

    private static final long MEGABYTE = 1024 * 1024;

    @Option(
            names = "--every",
            paramLabel = "MILLISECONDS",
            defaultValue = "1000",
            description =
                    "How often each screen is looked at, beside at each marker. Default: 1000.")
    private int everyMillis = 1000;

    @Option(
            names = "--most",
            paramLabel = "MEGABYTES",
            defaultValue = "512",
            description = "Of pictures in all; the oldest are deleted. Default: 512.")
    private int mostMegabytes = 512;

    @Mixin private DataOption data = new DataOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        if (everyMillis < 50 || mostMegabytes < 1) {
            console.error("kontor: --every is 50 or more, --most 1 or more");
            return ExitStatus.USAGE;
        }
        DataDirectory directory = data.directory();
        Optional<StackState> running = Launcher.running(directory.path());
        if (running.isEmpty()) {
            console.error("kontor: nothing is running in " + directory.path());
            return ExitStatus.FAILED;
        }
        Lab lab = LabFile.read(Path.of(running.get().labFile()));
        @Nullable String token = running.get().tokenFile();
        Path pictures = StackPlanner.pictures(directory.path());
        try (ScreenRecorder _ =
                ScreenRecorder.start(
                        lab,
                        URI.create(running.get().page()),
                        token == null ? null : TokenFile.read(Path.of(token)),
                        new ScreenRecorder.Settings(
                                pictures,
                                Duration.ofMillis(everyMillis),
                                mostMegabytes * MEGABYTE))) {
            console.line("Recording screens into %s. Ctrl-C ends it.".formatted(pictures));
            while (Launcher.running(directory.path()).isPresent()) {
                // Another process holds the directory: its end has to be asked for.
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
        console.line("The stack has stopped; so has the recording.");
        return ExitStatus.OK;
    }
}
