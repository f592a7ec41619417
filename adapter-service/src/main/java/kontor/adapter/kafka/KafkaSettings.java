package kontor.adapter.kafka;

import java.time.Duration;

/**
 * How the broker is reached.
 *
 * @param servers host:port, several separated by commas
 * @param receiptsWaiting receipts the broker has not acknowledged; beyond, commands wait
 * @param commandBatches most polls of commands handed over and not yet taken
 * @param silence without an acknowledgement for this long the broker counts as unreachable
 */
public record KafkaSettings(
        String servers, int receiptsWaiting, int commandBatches, Duration silence) {}
