package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabInstance;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.netns.PlayedGame;
import kontor.launcher.plan.GameNetworks;
import kontor.launcher.plan.GameProgram;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.StackState;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a program as a game of the running lab, once or several times. */
@Command(
        name = "play",
        description = {
            "Runs a program as a game of a lab that kontor up --netns has started: in the game's"
                + " network namespace, and where its adapter can freeze it. Ends when the program"
                + " does, and ends what it left behind.",
            "In arguments and values of --env, {game}, {n} and {address} are the game's name,"
                    + " number and address."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PlayCommand implements Callable<Integer> {

    private static final Path USERS = Path.of("/etc/passwd");

    @Parameters(
            paramLabel = "PROGRAM",
            arity = "1..*",
            description = "Program and its arguments, behind --.")
    private List<String> program = new ArrayList<>();

    @Option(
            names = "--game",
            split = ",",
            paramLabel = "NAME",
            description = "Which games; default: the first of the lab file.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--games", paramLabel = "N", description = "The first N games of the lab file.")
    private int count;

    @Option(
            names = "--screen",
            paramLabel = "WIDTHxHEIGHT",
            description =
                    "Give each a screen of its own, at 'vnc' of the lab file. Needs Xtigervnc.")
    private @Nullable String screen;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "As whom to run it. Default: who called sudo, or else root.")
    private @Nullable String user;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "Added to its environment; HOME=/games/{game}, for instance.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Mixin private DataOption data = new DataOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = data.directory();
        MachineNetworks machine = new MachineNetworks(directory.networks());
        Optional<StackState> state = Launcher.running(directory.path());
        if (state.isEmpty() || !machine.exist()) {
            console.error(
                    "kontor: no stack with network namespaces is running in %s; start one with kontor"
                                    .formatted(directory.path())
                            + " up --netns --detach");
            return ExitStatus.FAILED;
        }
        Optional<String> refusal = MachineNetworks.refusal();
        if (refusal.isPresent()) {
            console.error("kontor: " + refusal.get());
            return ExitStatus.FAILED;
        }
        Lab lab = LabFile.read(Path.of(state.get().labFile()));
        List<PlayedGame> games = new ArrayList<>();
        Thread end = new Thread(() -> games.forEach(PlayedGame::close), "kontor-shutdown-1");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            for (LabInstance game : chosen(lab)) {
                games.add(start(directory, machine, lab, game));
            }
            int status = ExitStatus.OK;
            for (PlayedGame game : games) {
                status = Math.max(status, game.await());
            }
            return status;
        } finally {
            games.forEach(PlayedGame::close);
        }
    }

    private PlayedGame start(
            DataDirectory directory, MachineNetworks machine, Lab lab, LabInstance game)
            throws IOException {
        String namespace = GameNetworks.namespace(lab, game);
        GameProgram played =
                new GameProgram(
                        game,
                        lab.instances().indexOf(game) + 1,
                        namespace,
                        machine.group(namespace),
                        whose());
        boolean several = Math.max(count, names.size()) > 1;
        Optional<Path> log =
                several ? Optional.of(directory.log("game-" + game.name())) : Optional.empty();
        log.ifPresent(file -> console.line("%s: output in %s".formatted(game.name(), file)));
        if (machine.group(namespace).isEmpty()) {
            console.line(game.name() + " cannot be frozen: this machine has no control groups");
        }
        return PlayedGame.start(
                played,
                program,
                played.environment(environment, screen != null),
                screen == null ? Optional.empty() : Optional.of(played.screen(screen)),
                machine.group(namespace + ".screen"),
                log);
    }

    private List<LabInstance> chosen(Lab lab) {
        if (!names.isEmpty()) {
            return names.stream().map(InstanceName::new).map(lab::instance).toList();
        }
        int wanted = count == 0 ? 1 : count;
        if (wanted < 1 || wanted > lab.instances().size()) {
            throw new IllegalArgumentException(
                    "--games %d: lab '%s' has %d"
                            .formatted(wanted, lab.name(), lab.instances().size()));
        }
        return lab.instances().subList(0, wanted);
    }

    private Optional<GameProgram.User> whose() throws IOException {
        @Nullable String name = user == null ? System.getenv("SUDO_USER") : user;
        if (name == null || name.equals("root")) {
            return Optional.empty();
        }
        return Optional.of(
                GameProgram.User.in(Files.readAllLines(USERS), name)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "--user %s: no such user".formatted(name))));
    }
}
