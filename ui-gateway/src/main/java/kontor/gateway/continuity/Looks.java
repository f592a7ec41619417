package kontor.gateway.continuity;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/** The looks at sessions that are being taken now, and how far each has come. Thread-safe. */
@Component
public class Looks {

    private final ConcurrentMap<UUID, Look> running = new ConcurrentHashMap<>();
    private final Clock clock;

    Looks(Clock clock) {
        this.clock = clock;
    }

    /** The look that began last at a session; empty if none is being taken. */
    public Optional<Look> at(UUID session) {
        return Optional.ofNullable(running.get(session));
    }

    Look begin(UUID session, LongSupplier last) {
        Look look = new Look(session, clock.instant(), last.getAsLong());
        running.put(session, look);
        return look;
    }

    /** One look, told of each sequence that it has come to. */
    public final class Look implements LongConsumer, AutoCloseable {

        private final UUID session;
        private final Instant since;
        private final long last;
        private volatile long sequence;

        private Look(UUID session, Instant since, long last) {
            this.session = session;
            this.since = since;
            this.last = last;
        }

        public Instant since() {
            return since;
        }

        /** The session's highest sequence when the look began. */
        public long last() {
            return last;
        }

        /** How far it has come; begins again where the rows are read a second time. */
        public long sequence() {
            return sequence;
        }

        @Override
        public void accept(long reached) {
            sequence = reached;
        }

        @Override
        public void close() {
            running.remove(session, this);
        }
    }
}
