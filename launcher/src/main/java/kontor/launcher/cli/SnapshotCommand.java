package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import kontor.lab.Lab;
import kontor.lab.LabFileException;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.snapshots.GamePlaces;
import kontor.launcher.snapshots.GatewayLab;
import kontor.launcher.snapshots.KernelProcesses;
import kontor.launcher.snapshots.PlayedLab;
import kontor.launcher.snapshots.SnapshotCheck;
import kontor.launcher.snapshots.SnapshotManifest;
import kontor.launcher.snapshots.SnapshotRefusedException;
import kontor.launcher.snapshots.SnapshotShelf;
import kontor.launcher.snapshots.Snapshots;
import kontor.launcher.stack.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Writes the games of the running lab to disk, and lets them go on from there. */
@Command(
        name = "snapshot",
        description = {
            "Runs criu check and says whether this machine can write its games to disk and continue"
                    + " them from there; all else, freezing included, works without.",
            "take and restore need root, and a lab that kontor up --netns has started."
        },
        mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {

    @Option(
            names = "--criu",
            scope = ScopeType.INHERIT,
            paramLabel = "PROGRAM",
            defaultValue = "${env:KONTOR_CRIU:-criu}",
            description = "Where CRIU is. Default: KONTOR_CRIU, or criu.")
    private String criu = "criu";

    private final Console console = Console.system();

    @Override
    public Integer call() throws InterruptedException {
        return switch (SnapshotCheck.run(criu)) {
            case SnapshotCheck.Finding.Unable(String why) -> refused("taken", why);
            case SnapshotCheck.Finding.Able() -> {
                console.line("'criu check' passes: kontor snapshot take NAME");
                yield ExitStatus.OK;
            }
        };
    }

    /**
     * @param what was to be done with a snapshot
     */
    private int refused(String what, String reason) {
        console.error(
                """
                kontor: no snapshot %s: %s.
                Nothing was changed; the games go on. What works without snapshots: freezing and thawing all games as one
                (kontor reload SERVICE --freeze), recording, replay of a session (kontor export, kontor replay).\
                """
                        .formatted(what, reason));
        return ExitStatus.FAILED;
    }

    @Command(
            name = "take",
            description = "Freezes all games, writes each to disk, and lets them go on.",
            mixinStandardHelpOptions = true)
    int take(@Mixin Chosen chosen) throws IOException, InterruptedException, LabFileException {
        return withGames(
                "taken",
                chosen,
                (snapshots, lab, places) -> {
                    SnapshotManifest taken = snapshots.take(chosen.name, lab, places);
                    return "%s at No. %d of session %s"
                            .formatted(
                                    String.join(", ", taken.games()),
                                    taken.sequence(),
                                    taken.session());
                });
    }

    @Command(
            name = "restore",
            description = "Lets the games of a snapshot go on from there, in a new session.",
            mixinStandardHelpOptions = true)
    int restore(@Mixin Chosen chosen) throws IOException, InterruptedException, LabFileException {
        return withGames(
                "restored",
                chosen,
                (snapshots, lab, places) ->
                        "session " + snapshots.restore(chosen.name, lab, places));
    }

    @Command(
            name = "list",
            description = "Lists the snapshots, the earliest first.",
            mixinStandardHelpOptions = true)
    int list(@Mixin DataOption data) throws IOException {
        for (SnapshotManifest each : shelf(data.directory()).list()) {
            console.line(
                    "%s  %s  lab %s  %s  at No. %d of session %s"
                            .formatted(
                                    each.name(),
                                    each.takenAt(),
                                    each.lab(),
                                    String.join(", ", each.games()),
                                    each.sequence(),
                                    each.session()));
        }
        return ExitStatus.OK;
    }

    /** Which snapshot is meant, and of which running lab. */
    static final class Chosen {

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Mixin private DataOption data = new DataOption();

        @Mixin private TokenOption token = new TokenOption();
    }

    /** What is done with the games of the running lab. */
    @FunctionalInterface
    private interface Act {

        /** Returns what came of it, for a person. */
        String on(Snapshots snapshots, String lab, List<Snapshots.Place> places)
                throws IOException, InterruptedException, SnapshotRefusedException;
    }

    private int withGames(String what, Chosen chosen, Act act)
            throws IOException, InterruptedException, LabFileException {
        if (SnapshotCheck.run(criu) instanceof SnapshotCheck.Finding.Unable(String reason)) {
            return refused(what, reason);
        }
        DataDirectory data = chosen.data.directory();
        Path directory = data.path();
        MachineNetworks machine = new MachineNetworks(data.networks());
        Optional<BorrowedStack> running = BorrowedStack.running(directory);
        if (running.isEmpty() || !machine.exist()) {
            return refused(
                    what,
                    "no stack with network namespaces is running in %s (kontor up --netns)"
                            .formatted(directory));
        }
        try (BorrowedStack stack = running.get();
                PlayedLab played =
                        new GatewayLab(
                                chosen.token.gatewayOf(stack.now()), stack.lab().name().value())) {
            Lab lab = stack.lab();
            Snapshots snapshots =
                    new Snapshots(
                            criu, shelf(data), played, new KernelProcesses(), Clock.systemUTC());
            String came = act.on(snapshots, lab.name().value(), GamePlaces.of(machine, lab));
            console.line(chosen.name + ": " + came);
            return ExitStatus.OK;
        } catch (SnapshotRefusedException e) {
            return refused(what, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            console.error("kontor: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private static SnapshotShelf shelf(DataDirectory data) {
        return new SnapshotShelf(StackPlanner.snapshots(data.path()));
    }
}
