package kontor.testing.infrastructure;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Broker and database of the tests as containers of compose.yaml's images, published on free ports.
 * They are removed when the JVM ends; no container watches over them, for its image could not be
 * had everywhere.
 */
final class Containers {

    private static final String SUPERUSER = "postgres";

    /** By which they can be found, should their JVM have been killed. */
    private static final String LABEL = "kontor.test";

    private Containers() {}

    /** The bootstrap servers of a new broker, when it answers. */
    @SuppressWarnings("resource") // ends with the JVM
    static String startKafka() {
        KafkaContainer kafka =
                new KafkaContainer(TestImage.KAFKA.imageName())
                        .withLabel(LABEL, "broker")
                        .withEnv("KAFKA_HEAP_OPTS", "-Xms128m -Xmx256m")
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                        .withEnv("KAFKA_LOG_CLEANER_DEDUPE_BUFFER_SIZE", "4194304");
        kafka.start();
        return kafka.getBootstrapServers();
    }

    /** A new server, when it answers. */
    @SuppressWarnings("resource") // ends with the JVM
    static DatabaseServer startPostgres() {
        PostgreSQLContainer server =
                new PostgreSQLContainer(TestImage.POSTGRES.imageName())
                        .withLabel(LABEL, "database")
                        // As the embedded one: it trusts all connections, and only loopback reaches
                        // it.
                        .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                        .withUsername(SUPERUSER)
                        .withPassword(SUPERUSER)
                        .withDatabaseName(SUPERUSER);
        server.start();
        return new DatabaseServer(
                server.getHost(),
                server.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                SUPERUSER);
    }
}
