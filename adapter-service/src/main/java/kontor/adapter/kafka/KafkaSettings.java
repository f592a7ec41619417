package kontor.adapter.kafka;

import java.time.Duration;
import kontor.topics.BrokerLogin;
import kontor.topics.Records;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How the broker is reached.
 *
 * @param servers host:port, several separated by commas
 * @param receiptsWaiting receipts the broker has not acknowledged; beyond, commands wait
 * @param commandBatches most polls of commands handed over and not yet taken
 * @param silence without an acknowledgement for this long the broker counts as unreachable
 * @param login who this is to the broker
 * @param guest writes to topics of its own, from which the lab's door copies
 */
public record KafkaSettings(
        String servers,
        int receiptsWaiting,
        int commandBatches,
        Duration silence,
        BrokerLogin login,
        boolean guest) {

    /** The record in the topic that this adapter may write to. */
    ProducerRecord<String, byte[]> placed(
            ProducerRecord<String, byte[]> record, InstanceName instance) {
        return guest ? Records.ofGuest(record, instance) : record;
    }
}
