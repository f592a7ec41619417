package kontor.journal;

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
        RUNNING,
        /** The database is away or refuses; tries again for ever. */
        WAITING_FOR_DATABASE,
        /** Kafka is away or its topics are missing; tries again for ever. */
        WAITING_FOR_KAFKA,
        /** Something only a person can put right; does nothing until restarted. */
        HALTED,
        STOPPED
    }

    /**
     * @param reason for a person; null where there is nothing to say
     */
    record Snapshot(Phase phase, @Nullable String reason) {}

    private volatile Snapshot now = new Snapshot(Phase.STARTING, null);

    Snapshot now() {
        return now;
    }

    void running(String where) {
        if (now.phase() != Phase.RUNNING) {
            log.info("Journal runs, going on at {}", where);
        }
        now = new Snapshot(Phase.RUNNING, null);
    }

    void waitingForDatabase(String reason) {
        if (changesTo(Phase.WAITING_FOR_DATABASE, reason)) {
            log.warn("Journal waits for the database; the relay goes on. {}", reason);
        }
    }

    void waitingForKafka(String reason) {
        if (changesTo(Phase.WAITING_FOR_KAFKA, reason)) {
            log.warn("Journal waits for Kafka. {}", reason);
        }
    }

    void halted(String reason) {
        changesTo(Phase.HALTED, reason);
        log.error("Journal HALTED, the relay goes on; what follows stays in Kafka. {}", reason);
    }

    void stopped() {
        if (now.phase() != Phase.HALTED) {
            now = new Snapshot(Phase.STOPPED, null);
            log.info("Journal stopped");
        }
    }

    private boolean changesTo(Phase phase, String reason) {
        Snapshot before = now;
        now = new Snapshot(phase, reason);
        return !now.equals(before);
    }
}
