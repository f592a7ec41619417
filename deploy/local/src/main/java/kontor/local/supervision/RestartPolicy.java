package kontor.local.supervision;

import java.time.Duration;

/** What follows when a process ends without having been asked to. */
public sealed interface RestartPolicy {

    /** It stays away until somebody starts it; a process that never became ready is tried again. */
    record Never() implements RestartPolicy {}

    /** It is started again after a pause. */
    record Always(Duration pause) implements RestartPolicy {}
}
