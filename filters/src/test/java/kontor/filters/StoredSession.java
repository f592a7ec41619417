package kontor.filters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import kontor.filters.RandomSession.Entry;
import kontor.filters.RandomSession.Found;
import kontor.filters.evaluation.EventFacts;
import kontor.testing.infrastructure.NumberRangesTrigger;
import org.jspecify.annotations.Nullable;

/**
 * Writes sessions into the tables of the journal and of analysis, as their migrations make them.
 */
final class StoredSession {

    private StoredSession() {}

    static void migrate(Connection connection) throws SQLException, IOException {
        for (String folder :
                List.of(
                        "../journal/src/main/resources/db/capture",
                        "../analysis-service/src/main/resources/db/analysis")) {
            try (Stream<Path> files = Files.list(Path.of(folder));
                    Statement statement = connection.createStatement()) {
                for (Path file :
                        files.sorted(Comparator.comparingInt(StoredSession::version)).toList()) {
                    statement.execute(Files.readString(file));
                }
            }
        }
        run(connection, NumberRangesTrigger.SQL);
    }

    private static int version(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf('_')));
    }

    static void store(Connection connection, RandomSession session) throws SQLException {
        run(
                connection,
                "insert into capture.sessions (session_id, lab, started_at) values (?, 'x', ?)",
                session.id,
                RandomSession.START.atOffset(ZoneOffset.UTC));
        for (Entry entry : session.entries) {
            storeFlow(connection, session, entry);
            storeEvent(connection, session, entry);
            for (int i = 0; i < entry.found().size(); i++) {
                storeMessage(connection, session, entry, i);
            }
        }
    }

    private static void storeFlow(Connection connection, RandomSession session, Entry entry)
            throws SQLException {
        EventFacts.@Nullable Flow flow = entry.event().flow();
        if (flow == null) {
            return;
        }
        boolean opener = entry.fromOpener();
        run(
                connection,
                """
                insert into capture.flows (session_id, flow, protocol, opener_instance,
                    opener_address, opener_port, target_instance, target_address, target_port,
                    first_sequence)
                values (?, ?, ?, 'game1', ?::inet, ?, 'game2', ?::inet, ?, 1)
                """,
                session.id,
                flow.number(),
                flow.protocol(),
                opener ? flow.sourceAddress() : flow.targetAddress(),
                opener ? flow.sourcePort() : flow.targetPort(),
                opener ? flow.targetAddress() : flow.sourceAddress(),
                opener ? flow.targetPort() : flow.sourcePort());
    }

    private static void storeEvent(Connection connection, RandomSession session, Entry entry)
            throws SQLException {
        EventFacts event = entry.event();
        boolean captured = event.instance() != null;
        run(
                connection,
                """
                insert into capture.events (session_id, session_sequence, type, owner_epoch,
                    sequenced_at, verdict, instance, captured_at, flow, from_opener, payload,
                    delivered_payload)
                values (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                session.id,
                event.sequence(),
                event.type(),
                (captured ? event.at().plusSeconds(1) : event.at()).atOffset(ZoneOffset.UTC),
                event.verdict(),
                event.instance(),
                captured ? event.at().atOffset(ZoneOffset.UTC) : null,
                event.flow() == null ? null : event.flow().number(),
                event.flow() == null ? null : entry.fromOpener(),
                RandomSession.array(event.payload()),
                RandomSession.array(event.delivered()));
        for (String to : event.to()) {
            run(
                    connection,
                    """
                    insert into capture.deliveries
                        (session_id, session_sequence, instance, target_run_id, command_sequence)
                    values (?, ?, ?, ?, 1)
                    """,
                    session.id,
                    event.sequence(),
                    to,
                    session.id);
        }
        for (String label : event.markers()) {
            run(
                    connection,
                    "insert into capture.markers values (?, ?, ?, ?, now())",
                    session.id,
                    UUID.randomUUID(),
                    event.sequence(),
                    label);
        }
    }

    private static void storeMessage(
            Connection connection, RandomSession session, Entry entry, int index)
            throws SQLException {
        Found found = entry.found().get(index);
        run(
                connection,
                """
                insert into analysis.messages (session_id, session_sequence, message_index,
                    analyzer, analyzer_version, flow, from_instance, protocol, type, summary,
                    completeness, problem, length, spans, fields)
                values (?, ?, ?, ?, 'v', 1, 'game1', ?, ?, ?, ?, ?, ?, '[]', ?::jsonb)
                """,
                session.id,
                entry.event().sequence(),
                index,
                found.facts().analyzer(),
                found.facts().protocol(),
                found.facts().type(),
                found.facts().summary(),
                found.facts().completeness(),
                found.facts().problem(),
                found.facts().length(),
                found.fields());
    }

    static void run(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
