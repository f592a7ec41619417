package kontor.orchestrator.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that cannot be read where none may be left out: the partition halts until a person has
 * looked at it.
 */
public final class HaltException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HaltException(String message, Throwable cause) {
        super(message, cause);
    }

    public static HaltException at(ConsumerRecord<?, ?> record, IllegalArgumentException reason) {
        return new HaltException(
                "record %s-%d@%d cannot be used: %s"
                        .formatted(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                reason.getMessage()),
                reason);
    }
}
