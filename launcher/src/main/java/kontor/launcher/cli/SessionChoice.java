package kontor.launcher.cli;

import java.io.IOException;
import java.util.Optional;
import kontor.launcher.gateway.GatewayClient;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which session a command is about: one by its id, or the newest. */
final class SessionChoice {

    @Parameters(paramLabel = "SESSION", description = "The session's id.")
    private @Nullable String session;

    @Option(names = "--last", description = "The newest session.")
    private boolean last;

    /**
     * Returns the session; empty if the newest is wanted and none is recorded yet.
     *
     * @throws IllegalArgumentException if the id is none
     */
    Optional<SessionId> of(GatewayClient gateway) throws IOException, InterruptedException {
        return last || session == null
                ? gateway.newestSession()
                : Optional.of(SessionId.parse(session));
    }
}
