package kontor.launcher.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.stack.StackState;
import kontor.launcher.stack.TokenFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which token is shown to a gateway that asks for one. */
final class TokenOption {

    private static final String VARIABLE = "KONTOR_TOKEN_FILE";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = {
                "File with the token, if the gateway requires one.",
                "Default: KONTOR_TOKEN_FILE, or the file of the running stack."
            })
    private @Nullable Path file;

    /** The one that was named here. */
    Optional<Path> file() {
        if (file != null) {
            return Optional.of(file.toAbsolutePath());
        }
        @Nullable String variable = System.getenv(VARIABLE);
        return variable == null || variable.isBlank()
                ? Optional.empty()
                : Optional.of(Path.of(variable).toAbsolutePath());
    }

    /** Asks the gateway of a running stack. */
    GatewayClient gatewayOf(StackState stack) throws IOException {
        Optional<Path> own = Optional.ofNullable(stack.tokenFile()).map(Path::of);
        return gatewayAt(URI.create(stack.page()), own.or(this::file));
    }

    /** Asks whatever gateway is there. */
    GatewayClient gatewayAt(URI page) throws IOException {
        return gatewayAt(page, file());
    }

    private static GatewayClient gatewayAt(URI page, Optional<Path> file) throws IOException {
        return file.isEmpty()
                ? new GatewayClient(page)
                : new GatewayClient(page, TokenFile.read(file.get()));
    }
}
