package kontor.adapter.kafka;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Producers of which the test decides what they acknowledge. */
final class MockProducers {

    /** In the order in which they were made. */
    final List<MockProducer<String, byte[]>> made = new CopyOnWriteArrayList<>();

    Producer<String, byte[]> make() {
        MockProducer<String, byte[]> producer =
                new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        made.add(producer);
        return producer;
    }
}
