package kontor.launcher.cli;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import kontor.launcher.plan.Entrance;
import kontor.launcher.plan.Guests;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Installation;
import kontor.launcher.stack.StackSettings;
import kontor.launcher.supervision.RestartPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a stack that a command starts is to be like. */
final class StackOptions {

    @Option(
            names = "--lab",
            paramLabel = "FILE",
            description = {
                "The games and their addresses.",
                "Default: launcher/labs/loopback.yaml, or KONTOR_LAB."
            })
    private @Nullable Path lab;

    @Mixin private DataOption data = new DataOption();

    @Mixin private PortOptions ports = new PortOptions();

    @Option(
            names = "--gateway-address",
            paramLabel = "ADDRESS",
            description = {
                "Address that page and API listen on. Beyond loopback they require a token;"
                        + " DIR/token is created if there is none.",
                "Default: 127.0.0.1, or KONTOR_GATEWAY_ADDRESS."
            })
    private @Nullable String gatewayAddress;

    @Mixin private TokenOption token = new TokenOption();

    @Option(
            names = "--start-timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Time limit for each process to become ready. Default: 300.")
    private int startTimeoutSeconds = 300;

    @Option(
            names = "--guests",
            paramLabel = "ADDRESS[:PORT]",
            description = {
                "Address of this machine at which adapters on other computers find the broker, by"
                        + " TLS and with passwords that kontor invite makes. Default port: 29093."
            })
    private Optional<String> guests = Optional.empty();

    @Mixin private StandbyOption standby = new StandbyOption();

    @Mixin private JournalOption journal = new JournalOption();

    @Mixin private AdaptersOption adapters = new AdaptersOption();

    DataDirectory directory() {
        return data.directory();
    }

    /**
     * @param without names of processes that are not to be started
     * @throws IllegalArgumentException if an option or a variable is not as it has to be
     */
    StackSettings settings(Set<String> without) {
        return settings(without, labFile());
    }

    /** The same with each game in a network namespace, of a lab that has addresses for that. */
    StackSettings settingsApart(Set<String> without) {
        return settings(without, labFile(() -> Installation.locate().defaultLan()))
                .withGamesApart();
    }

    private StackSettings settings(Set<String> without, Path file) {
        return new StackSettings(
                directory().path(),
                file,
                ports.choice(System.getenv()),
                entrance(),
                without,
                Duration.ofSeconds(startTimeoutSeconds),
                javaOptions(),
                RestartPolicy.Always.USUAL,
                standby.wanted(),
                journal.wanted(),
                adapters.wanted(),
                false,
                false,
                guests.map(Guests::parse));
    }

    TokenOption token() {
        return token;
    }

    private Entrance entrance() {
        @Nullable String wanted =
                gatewayAddress == null ? System.getenv("KONTOR_GATEWAY_ADDRESS") : gatewayAddress;
        if (wanted == null || wanted.isBlank()) {
            return new Entrance(Entrance.onLoopback().address(), token.file());
        }
        InetAddress address = InetAddress.ofLiteral(wanted.strip());
        return new Entrance(
                address,
                address.isLoopbackAddress()
                        ? token.file()
                        : token.file().or(() -> Optional.of(directory().path().resolve("token"))));
    }

    /** What is added to every JVM. */
    static List<String> javaOptions() {
        @Nullable String options = System.getenv("KONTOR_JAVA_OPTS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+", -1));
    }

    /** The one that was asked for, or else the default. */
    Path labFile() {
        return labFile(() -> Installation.locate().defaultLab());
    }

    /** Looks for a working copy only if no file is named: a container has none. */
    private Path labFile(Supplier<Path> otherwise) {
        if (lab != null) {
            return lab;
        }
        @Nullable String variable = System.getenv("KONTOR_LAB");
        return variable == null || variable.isBlank() ? otherwise.get() : Path.of(variable);
    }
}
