package kontor.gateway.continuity;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads a session's topics once more and holds its rows against them. */
public interface TopicReading {

    /**
     * The evidence, with what the topics say against the rows. Blocks for as long as the reading
     * takes.
     *
     * @param ranges where the session stands in the topics, as the journal noted it; may be empty
     * @param rows hands out the rows up to the evidence's last sequence, in order
     * @param due the sequence up to which the journal was to have read; the log goes on meanwhile
     * @throws UnreadableException if the topics cannot be read
     */
    Evidence audit(
            UUID session,
            Evidence evidence,
            List<LogRange> ranges,
            Consumer<Consumer<Row>> rows,
            long due)
            throws UnreadableException;

    /** Kafka did not answer, or a record cannot be read. */
    final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        public UnreadableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
