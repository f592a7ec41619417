package kontor.launcher.cli;

import java.util.concurrent.Callable;
import kontor.launcher.snapshots.SnapshotCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says why no snapshot of the games can be taken, and what can be done without. */
@Command(
        name = "snapshot",
        description = {
            "Runs criu check and says whether this machine could write its games to disk and"
                    + " continue them from there. This version takes no snapshots yet; all else,"
                    + " freezing included, works without.",
            "Exit status 1."
        },
        mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {

    @Option(
            names = "--criu",
            paramLabel = "PROGRAM",
            defaultValue = "criu",
            description = "Where CRIU is. Default: criu.")
    private String criu = "criu";

    private final Console console = Console.system();

    @Override
    public Integer call() throws InterruptedException {
        String reason =
                switch (SnapshotCheck.run(criu)) {
                    case SnapshotCheck.Finding.Unable(String why) -> why;
                    case SnapshotCheck.Finding.Able() ->
                            "'criu check' passes on this machine, but this version of Kontor does"
                                    + " not take snapshots yet";
                };
        console.error(
                """
                kontor: no snapshot taken: %s.
                Nothing was changed; the games go on. What works without snapshots: freezing and thawing all games as one
                (kontor reload SERVICE --freeze), recording, replay of a session (kontor export, kontor replay).\
                """
                        .formatted(reason));
        return ExitStatus.FAILED;
    }
}
