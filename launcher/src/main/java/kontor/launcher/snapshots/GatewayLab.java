package kontor.launcher.snapshots;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import kontor.launcher.gateway.FrozenMoment;
import kontor.launcher.gateway.GatewayClient;
import kontor.vocabulary.SessionId;

/**
 * A lab through its gateway. Closing closes the client.
 *
 * @param name the lab's
 */
public record GatewayLab(GatewayClient gateway, String name) implements PlayedLab {

    /** Writing games to disk takes seconds. */
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(30);

    @Override
    public FrozenMoment freeze(Set<String> games) throws IOException, InterruptedException {
        return gateway.freeze(name, games, LONGEST_FREEZE);
    }

    @Override
    public Duration longestFreeze() {
        return LONGEST_FREEZE;
    }

    @Override
    public void thaw(FrozenMoment frozen) throws IOException, InterruptedException {
        gateway.thaw(name, frozen);
    }

    @Override
    public String startSession(String note) throws IOException, InterruptedException {
        SessionId session = gateway.startSession(name);
        gateway.note(session, note);
        return session.toString();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
