package kontor.testing.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicProvisioner;
import kontor.topics.TopicSettings;
import kontor.topics.TopicSpec;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class InfrastructureIT {

    private static final List<TopicSpec> TOPICS =
            TopicCatalogue.forInstances(
                    List.of(new InstanceName("game1")), TopicSettings.STANDARD.withPartitions(2));

    @Test
    void provisioningTwiceChangesNothingAndReportsWhatDiffers() throws Exception {
        TestKafka kafka = TestKafka.shared();
        kafka.createTopics(TOPICS);
        List<TopicSpec> wanted =
                TopicCatalogue.forInstances(
                        List.of(new InstanceName("game1")),
                        new TopicSettings(3, (short) 2, Duration.ofDays(7)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(new TopicProvisioner(admin).provision(TOPICS)).isEmpty();
            assertThat(new TopicProvisioner(admin).provision(wanted))
                    .contains(
                            "topic kontor.packets has 2 partitions, not 3",
                            "topic kontor.packets has 1 replicas, not 2",
                            "topic kontor.packets has retention.ms=-1, not 604800000");
        }
    }

    @Test
    void eachDatabaseIsEmptyAndOfVersion18() throws Exception {
        TestDatabase database = TestDatabase.create();
        try (var connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select current_setting('server_version_num')::int / 10000, (select"
                                    + " count(*) from pg_tables where schemaname = 'public')")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(18);
            assertThat(rows.getInt(2)).isZero();
        }
    }
}
