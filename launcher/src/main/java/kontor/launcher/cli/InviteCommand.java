package kontor.launcher.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.launcher.guests.Invitations;
import kontor.launcher.plan.GuestFiles;
import kontor.launcher.plan.Guests;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.StackState;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets an adapter on another computer take part, or no longer. */
@Command(
        name = "invite",
        description = {
            "Makes a user of the broker for the adapter of a game on another computer, which may"
                + " write what that game does and read what is sent to it, and nothing else. Writes"
                + " the adapter's settings, and prints what to copy.",
            "Needs a stack that was started with kontor up --guests ADDRESS --elsewhere GAME."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InviteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "GAME", description = "Its name in the lab file.")
    private String game = "";

    @Option(names = "--revoke", description = "Take the invitation back.")
    private boolean revoke;

    @Mixin private DataOption data = new DataOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = data.directory();
        Optional<StackState> running = Launcher.running(directory.path());
        if (running.isEmpty()) {
            console.error("kontor: nothing is running in " + directory.path());
            return ExitStatus.FAILED;
        }
        Path broker = directory.path().resolve(StackPlanner.BROKER);
        Optional<Guests> guests = guests(broker);
        if (guests.isEmpty()) {
            console.error(
                    "kontor: the stack takes no guests; start it with kontor up --guests ADDRESS"
                            + " --elsewhere "
                            + game);
            return ExitStatus.FAILED;
        }
        Lab lab = LabFile.read(Path.of(running.get().labFile()));
        InstanceName instance = lab.instance(new InstanceName(game)).name();
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                running.get().kafkaServers()))) {
            Invitations invitations = new Invitations(admin, lab);
            return revoke
                    ? revoked(directory, invitations, instance)
                    : invited(
                            directory,
                            Path.of(running.get().labFile()),
                            GuestFiles.certificate(broker.resolve("guests"), guests.get()),
                            guests.get(),
                            invitations,
                            instance);
        }
    }

    private int revoked(DataDirectory directory, Invitations invitations, InstanceName instance)
            throws ExecutionException, InterruptedException, IOException {
        boolean was = invitations.revoke(instance);
        Files.deleteIfExists(folder(directory, instance).resolve("adapter.env"));
        console.line(
                was
                        ? instance + " can no longer reach the broker"
                        : instance + " had not been invited");
        return was ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private int invited(
            DataDirectory directory,
            Path labFile,
            Path certificate,
            Guests guests,
            Invitations invitations,
            InstanceName instance)
            throws ExecutionException, InterruptedException, IOException {
        String password = invitations.invite(instance);
        Path folder = folder(directory, instance);
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.copy(labFile, folder.resolve("lab.yaml"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificate, folder.resolve("broker.pem"), StandardCopyOption.REPLACE_EXISTING);
        String settings =
                new TreeMap<>(
                                invitations.settings(
                                        instance,
                                        guests.place(),
                                        password,
                                        "lab.yaml",
                                        "broker.pem"))
                        .entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                                .collect(Collectors.joining());
        Files.writeString(folder.resolve("adapter.env"), settings);
        console.line(
                """
                %s may be played on another computer. Copy there, by a way that nobody else reads:
                  %s      adapter.env, lab.yaml, broker.pem
                  adapter-service/target/adapter-service-*-boot.jar
                and in that directory, with a Java 25:
                  set -a; . ./adapter.env; set +a; java -jar adapter-service-*-boot.jar

                """
                                .formatted(instance, folder)
                        + settings.stripTrailing());
        return ExitStatus.OK;
    }

    private static Path folder(DataDirectory directory, InstanceName instance) {
        return directory.path().resolve("invitations").resolve(instance.value());
    }

    /** As the running broker was started; empty if it has no such listener. */
    private static Optional<Guests> guests(Path broker) throws IOException {
        Properties settings = new Properties();
        Path file = broker.resolve("server.properties");
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            settings.load(reader);
        }
        String prefix = Guests.LISTENER + "://";
        return Stream.of(settings.getProperty("listeners", "").split(",", -1))
                .filter(listener -> listener.startsWith(prefix))
                .map(listener -> Guests.parse(listener.substring(prefix.length())))
                .findFirst();
    }
}
