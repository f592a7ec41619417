package kontor.testing.infrastructure;

import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.common.utils.Exit;

/**
 * The broker of {@link TestKafka} inside the test's JVM, on a free port of 127.0.0.1. It ends with
 * the JVM, and Kafka's test kit removes its directory then.
 */
final class EmbeddedKafka {

    private EmbeddedKafka() {}

    /** Its bootstrap servers, when it answers. */
    static String start() {
        // When the JVM ends, the test kit deletes the directory under the running broker, which
        // then wants to halt the JVM with an error status: the build would take that for a crash.
        Exit.setHaltProcedure((status, message) -> {
            throw new IllegalStateException(
                    "the test broker wants to halt: %d %s".formatted(status, message));
        });
        try {
            KafkaClusterTestKit cluster =
                    new KafkaClusterTestKit.Builder(
                                    new TestKitNodes.Builder()
                                            .setCombined(true)
                                            .setNumBrokerNodes(1)
                                            .setNumControllerNodes(1)
                                            .build())
                            .setConfigProp("auto.create.topics.enable", "false")
                            .setConfigProp("group.initial.rebalance.delay.ms", "0")
                            .setConfigProp("offsets.topic.replication.factor", "1")
                            .setConfigProp("log.cleaner.dedupe.buffer.size", "4194304")
                            .build();
            cluster.format();
            cluster.startup();
            cluster.waitForReadyBrokers();
            return cluster.bootstrapServers();
        } catch (Exception e) {
            throw new IllegalStateException("the test broker did not start", e);
        }
    }
}
