package kontor.topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record is not what its topic promises. Says which one; the reader decides between halting and
 * quarantine.
 */
public final class UndecodableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UndecodableRecordException(ConsumerRecord<?, ?> record, String reason) {
        this(record, reason, null);
    }

    UndecodableRecordException(
            ConsumerRecord<?, ?> record, String reason, @Nullable Throwable cause) {
        super(
                "record %s-%d@%d cannot be read: %s"
                        .formatted(record.topic(), record.partition(), record.offset(), reason),
                cause);
    }
}
