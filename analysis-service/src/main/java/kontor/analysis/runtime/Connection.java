package kontor.analysis.runtime;

import java.util.concurrent.atomic.AtomicReference;
import kontor.topics.Followers;

/**
 * Whether the service reads the log at the moment, and if not, why; says the same to the rest of
 * the process as a follower. Thread-safe.
 */
public final class Connection {

    private static final String READY = "";

    private final AtomicReference<String> waitingFor =
            new AtomicReference<>("the first connection to broker and database");
    private final Followers.Follower follower;

    public Connection(Followers.Follower follower) {
        this.follower = follower;
    }

    public void established() {
        waitingFor.set(READY);
        boolean _ = follower.is(Followers.State.RUNNING, "");
    }

    /** It tries again by itself. */
    public void lost(String reason) {
        waitingFor.set(reason);
        boolean _ = follower.is(Followers.State.WAITING, reason);
    }

    public boolean isEstablished() {
        return waitingFor.get().isEmpty();
    }

    /** Empty where it is established. */
    public String waitingFor() {
        return waitingFor.get();
    }
}
