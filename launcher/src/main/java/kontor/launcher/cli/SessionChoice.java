package kontor.launcher.cli;

import java.io.IOException;
import java.util.Optional;
import kontor.lab.LabFileException;
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

    /** What a command does with the session. */
    @FunctionalInterface
    interface Work {
        int on(GatewayClient gateway, SessionId session) throws IOException, InterruptedException;
    }

    /**
     * Works on the session in the running stack of a data directory.
     *
     * @return the exit status of the work; {@link ExitStatus#FAILED}, with a message, if no stack
     *     is running or no session is recorded yet
     */
    int inRunningStack(DataOption data, TokenOption token, Console console, Work work)
            throws IOException, InterruptedException, LabFileException {
        Optional<BorrowedStack> running = data.runningStack(console);
        if (running.isEmpty()) {
            return ExitStatus.FAILED;
        }
        try (BorrowedStack stack = running.get();
                GatewayClient gateway = token.gatewayOf(stack.now())) {
            Optional<SessionId> chosen = of(gateway);
            if (chosen.isEmpty()) {
                console.error("kontor: no session recorded yet");
                return ExitStatus.FAILED;
            }
            return work.on(gateway, chosen.get());
        }
    }

    /**
     * Returns the session; empty if the newest is wanted and none is recorded yet.
     *
     * @throws IllegalArgumentException if the id is none
     */
    private Optional<SessionId> of(GatewayClient gateway) throws IOException, InterruptedException {
        return last || session == null
                ? gateway.newestSession()
                : Optional.of(SessionId.parse(session));
    }
}
