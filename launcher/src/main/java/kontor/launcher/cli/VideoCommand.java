package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kontor.lab.LabFileException;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.recording.ScreenVideo;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a video of what a game's screen looked like in a session. */
@Command(
        name = "video",
        description = {
            "Makes a video of the pictures that kontor record kept of a game's screen, in real"
                    + " time. Needs a running stack, and ffmpeg."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VideoCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private SessionChoice choice = new SessionChoice();

    @Option(names = "--game", paramLabel = "NAME", required = true, description = "Whose screen.")
    private String game = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write; its ending says which format: .mp4, .webm ...")
    private Path output = Path.of("");

    @Option(
            names = "--ffmpeg",
            paramLabel = "PROGRAM",
            defaultValue = "ffmpeg",
            description = "Where ffmpeg is. Default: ffmpeg.")
    private String ffmpeg = "ffmpeg";

    @Mixin private DataOption data = new DataOption();

    @Mixin private TokenOption token = new TokenOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws IOException, InterruptedException, LabFileException {
        InstanceName instance = new InstanceName(game);
        return choice.inRunningStack(
                data, token, console, (_, session) -> write(session, instance));
    }

    private int write(SessionId session, InstanceName instance) throws InterruptedException {
        Path pictures =
                StackPlanner.pictures(data.directory().path())
                        .resolve(session.toString())
                        .resolve(instance.value());
        try {
            int count = ScreenVideo.write(ffmpeg, pictures, output);
            console.line("%s: %d pictures of %s".formatted(output, count, game));
            return ExitStatus.OK;
        } catch (IOException e) {
            console.error("kontor: no video: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }
}
