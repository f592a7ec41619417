package kontor.testing.infrastructure;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kontor.topics.TopicProvisioner;
import kontor.topics.TopicSpec;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real Kafka broker (KRaft, one node) of {@link Infrastructure}'s choice, on a free port of
 * 127.0.0.1.
 *
 * <p>It ends with the JVM. Shared by all tests of the JVM: they keep out of each other's way by
 * topic names or lab names.
 */
public final class TestKafka {

    private static final int LOOK_AGAIN_MILLIS = 20;

    private final String bootstrapServers;

    private TestKafka() {
        bootstrapServers =
                switch (Infrastructure.chosen()) {
                    case CONTAINERS -> Containers.startKafka();
                    case EMBEDDED -> EmbeddedKafka.start();
                };
    }

    /** Starts the broker at the first call; blocks until it answers. */
    public static TestKafka shared() {
        return Shared.KAFKA;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Makes the topics that are missing, and waits for them. */
    public void createTopics(Collection<TopicSpec> topics) {
        createTopics(bootstrapServers, topics);
    }

    static void createTopics(String servers, Collection<TopicSpec> topics) {
        try (Admin admin = admin(servers)) {
            new TopicProvisioner(admin).provision(topics);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the test broker refused the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topics", e);
        }
    }

    /** Deletes and re-creates them, for a test that needs them empty. */
    public void recreateTopics(Collection<TopicSpec> topics) {
        try (Admin admin = admin(bootstrapServers)) {
            Set<String> doomed =
                    topics.stream()
                            .map(TopicSpec::name)
                            .collect(Collectors.toCollection(HashSet::new));
            doomed.retainAll(admin.listTopics().names().get());
            admin.deleteTopics(doomed).all().get();
            // The controller has answered, but the broker may list them for a moment longer, and a
            // topic that is still listed would not be created again.
            while (!Collections.disjoint(admin.listTopics().names().get(), doomed)) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the test broker refused to delete topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while deleting topics", e);
        }
        createTopics(topics);
    }

    private static Admin admin(String servers) {
        return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers));
    }

    private static final class Shared {
        static final TestKafka KAFKA = new TestKafka();
    }
}
