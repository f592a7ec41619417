package kontor.gateway.sessions;

import java.util.Optional;
import java.util.UUID;

/** Sessions that are heard of at this moment, whether the database has them or not. */
public interface RunningSessions {

    /** Returns the lab of a session; empty if nothing is heard of it. */
    Optional<String> lab(UUID session);
}
