package kontor.journal;

import kontor.topics.Followers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the journal is doing, for the health indicator; logs each change once. Written by the
 * journal's thread, read by any.
 */
final class JournalStatus {

    private static final Logger log = LoggerFactory.getLogger(JournalStatus.class);

    /** What the journal is doing. */
    enum Phase {
        STARTING,
        /** Another process keeps the journal. */
        ELSEWHERE,
        RUNNING,
        /** The database is away or refuses; tries again for ever. */
        WAITING_FOR_DATABASE,
        /** Kafka is away or its topics are missing; tries again for ever. */
        WAITING_FOR_KAFKA,
        /** Something that a person should look at; tries again by itself, less often. */
        HALTED,
        STOPPED
    }

    /**
     * @param reason for a person; null where there is nothing to say
     */
    record Snapshot(Phase phase, @Nullable String reason) {}

    private final Followers.Follower follower;
    private volatile Snapshot now = new Snapshot(Phase.STARTING, null);

    /**
     * @param follower says the same to the rest of the process
     */
    JournalStatus(Followers.Follower follower) {
        this.follower = follower;
    }

    /** Of a process that keeps no journal; none of its followers. */
    static JournalStatus elsewhere() {
        JournalStatus status = new JournalStatus(Followers.none().add("journal"));
        status.now = new Snapshot(Phase.ELSEWHERE, "kontor.journal.enabled is false");
        return status;
    }

    Snapshot now() {
        return now;
    }

    void running(String where) {
        if (now.phase() != Phase.RUNNING) {
            log.info("Journal is running, resuming at {}", where);
        }
        boolean _ = changesTo(Phase.RUNNING, null);
    }

    void waitingForDatabase(String reason) {
        if (changesTo(Phase.WAITING_FOR_DATABASE, reason)) {
            log.warn(
                    "Journal waits for the database, the relay is not affected; retrying. {}",
                    reason);
        }
    }

    void waitingForKafka(String reason) {
        if (changesTo(Phase.WAITING_FOR_KAFKA, reason)) {
            log.warn("Journal waits for Kafka; retrying. {}", reason);
        }
    }

    void halted(String reason) {
        if (changesTo(Phase.HALTED, reason)) {
            log.error(
                    "Journal HALTED: {}. The relay is not affected, further records stay in Kafka;"
                            + " retrying with growing pauses",
                    reason);
        }
    }

    void stopped() {
        if (changesTo(Phase.STOPPED, null)) {
            log.info("Journal stopped");
        }
    }

    private boolean changesTo(Phase phase, @Nullable String reason) {
        Snapshot before = now;
        now = new Snapshot(phase, reason);
        boolean _ =
                follower.is(
                        switch (phase) {
                            case STARTING, ELSEWHERE -> Followers.State.STARTING;
                            case RUNNING -> Followers.State.RUNNING;
                            case WAITING_FOR_DATABASE, WAITING_FOR_KAFKA, STOPPED ->
                                    Followers.State.WAITING;
                            case HALTED -> Followers.State.HALTED;
                        },
                        phase == Phase.STOPPED ? "stopped" : reason == null ? "" : reason);
        return !now.equals(before);
    }
}
