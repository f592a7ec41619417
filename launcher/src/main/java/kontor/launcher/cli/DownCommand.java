package kontor.launcher.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.StackState;
import kontor.launcher.stack.Takedown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a stack, whichever process started it, also one whose supervisor is gone. */
@Command(
        name = "down",
        description = {
            "Stops the stack cleanly, and removes network namespaces with all programs in them."
                    + " Data is kept."
        },
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = data.directory();
        MachineNetworks networks = new MachineNetworks(directory.networks());
        Optional<StackState> state = directory.readState();
        if (state.isEmpty()) {
            console.line(
                    networks.exist()
                            ? "Removing network namespaces that are left over"
                            : "Nothing is running in " + directory.path());
            networks.remove();
            return ExitStatus.OK;
        }
        Progress progress = new Progress(console);
        progress.beginWith(state.get());
        boolean allGone = new Takedown(directory).run(progress);
        console.clear();
        if (allGone) {
            networks.remove();
            console.line(
                    "Stopped after %s. Data is kept in %s"
                            .formatted(
                                    Durations.seconds(progress.sinceBegun().toMillis()),
                                    directory.path()));
            return ExitStatus.OK;
        }
        console.error(
                "kontor: not every process stopped; run ./kontor status to see which are left");
        return ExitStatus.FAILED;
    }
}
