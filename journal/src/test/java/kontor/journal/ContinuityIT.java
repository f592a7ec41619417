package kontor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * The queries of docs/continuity.md over what the journal wrote: faults planted are faults found.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContinuityIT {

    private static final Pattern QUERY =
            Pattern.compile("```sql\\n-- (\\w+)\\n(.*?)```", Pattern.DOTALL);

    private final Map<String, String> queries = new LinkedHashMap<>();
    private NamedParameterJdbcTemplate jdbc;
    private PlatformTransactionManager transactions;
    private TransactionStatus transaction;
    private Map<String, Object> session;

    @BeforeAll
    void journalASession() throws IOException {
        var matcher = QUERY.matcher(Files.readString(Path.of("..", "docs", "continuity.md")));
        while (matcher.find()) {
            queries.put(matcher.group(1), matcher.group(2));
        }
        RecordedLab lab = new RecordedLab("harbour", 0, 5).playSession(200);
        session = Map.of("session", UUID.fromString(lab.session()));
        lab.endSession().playSession(20);

        JournalBed bed = new JournalBed();
        bed.append(lab);
        DataSource database = JournalBed.database();
        try (var _ = bed.start(database, 2000)) {
            bed.awaitWritten(database);
        }
        jdbc = new NamedParameterJdbcTemplate(database);
        transactions = new JdbcTransactionManager(database);
    }

    /** Each test's faults are taken back. */
    @BeforeEach
    void begin() {
        transaction = transactions.getTransaction(new DefaultTransactionDefinition());
    }

    @AfterEach
    void takeBack() {
        transactions.rollback(transaction);
    }

    @Test
    void aWholeSessionHasNoFindings() {
        assertThat(queries).hasSize(15);
        assertThat(findings()).isEmpty();
        assertThat(jdbc.queryForMap(query("counts"), session))
                .containsEntry("first_sequence", 1L)
                .satisfies(
                        counts ->
                                assertThat(counts.get("deliveries"))
                                        .isEqualTo(counts.get("receipts"))
                                        .isEqualTo(counts.get("relayed")),
                        counts ->
                                assertThat(counts.get("events"))
                                        .isEqualTo(counts.get("last_sequence")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a row deleted        | session_sequence_gaps   | delete from capture.events where session_id = :session and session_sequence = 50
                    its adapter counts   | adapter_sequence_breaks | delete from capture.events where session_id = :session and session_sequence = 50
                    the first deleted    | session_ends            | delete from capture.events where session_id = :session and session_sequence = 1
                    the last deleted     | session_ends            | delete from capture.events e where session_id = :session and type = 'session_ended'
                    a payload altered    | payload_mismatches      | update capture.events set payload = set_byte(payload, 0, get_byte(payload, 0) # 1) where (session_id, session_sequence) = (select session_id, max(session_sequence) from capture.events where session_id = :session and octet_length(payload) > 0 group by 1)
                    a payload cut        | payload_mismatches      | update capture.events set payload = '' where (session_id, session_sequence) = (select session_id, max(session_sequence) from capture.events where session_id = :session and octet_length(payload) > 0 group by 1)
                    cut bytes not given  | receipt_mismatches      | update capture.events set payload = '' where (session_id, session_sequence) = (select session_id, max(session_sequence) from capture.events where session_id = :session and octet_length(payload) > 0 and verdict = 'relayed' group by 1)
                    events swapped       | adapter_sequence_breaks | update capture.events e set adapter_sequence = e.adapter_sequence + s.step from (select run_id, min(adapter_sequence) + 5 as low from capture.events where session_id = :session group by run_id) r, (values (0, 1), (1, -1)) as s (at, step) where e.session_id = :session and e.run_id = r.run_id and e.adapter_sequence = r.low + s.at
                    inputs swapped       | input_offset_breaks     | update capture.events set input_offset = input_offset - 2 where session_id = :session and session_sequence = 60
                    recorded twice       | recorded_twice          | insert into capture.events (session_id, session_sequence, type, owner_epoch, sequenced_at, verdict, run_id, adapter_sequence, payload_crc32c) select session_id, 100000, type, owner_epoch, sequenced_at, verdict, run_id, adapter_sequence, 0 from capture.events where session_id = :session and session_sequence = 60
                    no verdict           | equation                | update capture.events set verdict = 'unspecified' where session_id = :session and session_sequence = 60
                    relayed to nobody    | undelivered             | delete from capture.deliveries where (session_id, session_sequence) = (select session_id, min(session_sequence) from capture.deliveries where session_id = :session group by 1)
                    a command missing    | command_sequence_breaks | delete from capture.deliveries where (session_id, session_sequence) = (select session_id, min(session_sequence) + 40 from capture.deliveries where session_id = :session group by 1)
                    a receipt missing    | unanswered_deliveries   | delete from capture.receipts where session_id = :session and command_sequence = 9
                    a receipt of failure | failed_deliveries       | update capture.receipts set outcome = 'failed' where session_id = :session and command_sequence = 9
                    another event's      | receipt_mismatches      | update capture.receipts set session_sequence = session_sequence + 1 where session_id = :session and command_sequence = 9
                    bytes not given      | receipt_mismatches      | update capture.receipts set payload_bytes = payload_bytes + 1 where session_id = :session and command_sequence = 9
                    a hole in a stream   | stream_breaks           | delete from capture.events where session_id = :session and type = 'flow_data' and detail->>'streamOffset' = '0'
                    an overlap           | stream_breaks           | update capture.events set detail = jsonb_set(detail, '{streamOffset}', to_jsonb((detail->>'streamOffset')::bigint - 1)) where session_id = :session and type = 'flow_data' and detail->>'streamOffset' <> '0'
                    datagrams lost       | losses                  | update capture.events set type = 'datagrams_missed', detail = '{"count": 7, "cause": "socket_buffer", "socket": {"address": "127.1.0.2", "port": 2380}}' where session_id = :session and session_sequence = 60
                    an end cut off       | stream_breaks           | update capture.events set detail = jsonb_set(detail, '{streamLength}', to_jsonb((detail->>'streamLength')::bigint + 1)) where session_id = :session and type in ('flow_half_closed', 'flow_reset')
                    """)
    void aFaultIsFound(String fault, String finder, String statement) {
        int changed = jdbc.update(statement, session);

        assertThat(changed).as("rows changed by: %s", fault).isPositive();
        assertThat(findings()).containsKey(finder);
    }

    @Test
    void whatADeadRunDidNotAnswerIsToldApart() {
        jdbc.update(
                "delete from capture.receipts where session_id = :session and command_sequence = 9",
                session);
        assertThat(jdbc.queryForList(query("unanswered_deliveries"), session))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding).containsEntry("run_is_over", false));

        jdbc.getJdbcTemplate().update("update capture.runs set stopped_at = now()");
        assertThat(jdbc.queryForList(query("unanswered_deliveries"), session))
                .allSatisfy(finding -> assertThat(finding).containsEntry("run_is_over", true))
                .anySatisfy(finding -> assertThat(finding).containsEntry("later_confirmed", true));

        jdbc.getJdbcTemplate().update("delete from capture.receipts where command_sequence > 9");
        assertThat(jdbc.queryForList(query("unanswered_deliveries"), session))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding).containsEntry("later_confirmed", false));
    }

    /** How many findings each query has, less those that have none. */
    private Map<String, Integer> findings() {
        Map<String, Integer> findings = new TreeMap<>();
        queries.forEach((name, query) -> {
            int rows = jdbc.queryForList(query, session).size();
            if (!name.equals("counts") && rows > 0) {
                findings.put(name, rows);
            }
        });
        return findings;
    }

    private String query(String name) {
        return queries.getOrDefault(name, "no such query on the page: " + name);
    }
}
