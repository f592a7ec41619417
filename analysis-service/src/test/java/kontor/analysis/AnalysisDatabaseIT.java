package kontor.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import kontor.analysis.runtime.Connection;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service while its database is away. */
class AnalysisDatabaseIT extends AnalysisUnderTest {

    @Test
    void startsWithoutDatabaseAndGoesOnWhenItLosesItsTables() {
        ConfigurableApplicationContext waiting = start("--KONTOR_POSTGRES_URL=" + nowhere());
        Connection connection = waiting.getBean(Connection.class);
        await().atMost(PATIENCE).until(() -> connection.waitingFor().contains("refused"));
        waiting.close();

        ConfigurableApplicationContext service = start();
        await().atMost(PATIENCE).until(() -> service.getBean(Connection.class).isEstablished());
        jdbc.execute("alter table analysis.messages rename to away");
        send(claim());
        send(started());
        send(datagram(Bytes.ofHex("01")));
        await().atMost(PATIENCE).until(() -> !service.getBean(Connection.class).isEstablished());
        jdbc.execute("alter table analysis.away rename to messages");
        awaitRows(1);
        assertThat(service.getBean(Connection.class).isEstablished()).isTrue();
    }

    @Test
    void aDatabaseThatIsStoppedWhileEventsFlowCostsNothingButLag(@TempDir Path directory)
            throws IOException {
        EmbeddedPostgres server = server(directory, 0);
        int port = server.getPort();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try {
            Connection connection = start("--KONTOR_POSTGRES_URL=" + url).getBean(Connection.class);
            await().atMost(PATIENCE).until(connection::isEstablished);
            send(claim());
            send(started());
            for (int sent = 0; sent < 20; sent++) {
                send(datagram(Bytes.ofHex("01")));
            }
            server.close();
            for (int sent = 0; sent < 20; sent++) {
                send(datagram(Bytes.ofHex("01")));
            }
            await().atMost(PATIENCE).until(() -> !connection.isEstablished());
            server = server(directory, port);
            send(datagram(Bytes.ofHex("01")));

            // The rows are exact; the topic may have some results twice.
            JdbcTemplate again =
                    new JdbcTemplate(new DriverManagerDataSource(url, database.user(), ""));
            List<Long> expected = LongStream.rangeClosed(2, 42).boxed().toList();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(
                                            again.queryForList(
                                                    "select session_sequence from analysis.messages"
                                                            + " order by session_sequence",
                                                    Long.class))
                                    .isEqualTo(expected));
        } finally {
            services.forEach(ConfigurableApplicationContext::close);
            server.close();
        }
    }

    @Test
    void messagesThatAreStoredStayAsTheyAreAndMissingOnesAreAdded() {
        ConfigurableApplicationContext service = start();
        send(claim());
        send(started());
        for (int sent = 0; sent < 3; sent++) {
            send(datagram(Bytes.ofHex("01")));
        }
        awaitRows(3);
        service.close();
        jdbc.update("delete from analysis.positions");
        jdbc.update("update analysis.messages set summary = 'of old' where session_sequence = 2");
        jdbc.update("delete from analysis.messages where session_sequence = 3");

        start();
        send(datagram(Bytes.ofHex("01")));

        awaitRows(4);
        assertThat(
                        jdbc.queryForList(
                                "select summary from analysis.messages order by session_sequence",
                                String.class))
                .containsExactly(
                        "of old", "DATAGRAM 1 bytes", "DATAGRAM 1 bytes", "DATAGRAM 1 bytes");
    }

    private static EmbeddedPostgres server(Path directory, int port) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("data"))
                        .setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static String nowhere() {
        return "jdbc:postgresql://127.0.0.1:1/none";
    }
}
