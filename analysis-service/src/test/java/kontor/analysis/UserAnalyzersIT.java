package kontor.analysis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import kontor.control.v1.CancelRun;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.PromoteAnalyzer;
import kontor.control.v1.RunAnalyzer;
import kontor.control.v1.RunStatus;
import kontor.control.v1.StartRun;
import kontor.topics.Records;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The analyzers of users in a running service: changed, broken, run over what is stored. */
class UserAnalyzersIT extends AnalysisUnderTest {

    @Test
    void aChangedAnalyzerDissectsTheSessionAgainAndABrokenOneChangesNothing(@TempDir Path analyzers)
            throws IOException {
        save(analyzers, "report.number(\"probe.first\", \"First\", 0, 1);");
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        send(claim());
        send(started());
        send(datagram(Bytes.ofHex("2a")));
        awaitProbe("{\"probe\": [null], \"probe.first\": [42]}");
        String first = probe("analyzer_version");

        save(analyzers, "report.number(\"probe.second\", \"Second\", 0, 1);");
        awaitProbe("{\"probe\": [null], \"probe.second\": [42]}");
        assertThat(probe("analyzer_version")).isNotEqualTo(first);
        // Both versions declare it.
        assertThat(one("select count(*) from analysis.fields where name = 'probe.second'"))
                .isEqualTo(2);

        save(analyzers, "report.number(;");
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.user_analyzers where state ="
                                                + " 'refused' and problems -> 0 ->> 'line' = '8'")
                                == 1);
        send(datagram(Bytes.ofHex("2b")));
        awaitProbe("{\"probe\": [null], \"probe.second\": [43]}");

        save(analyzers, "while (message.u8(0) == 0x2a) {} report.result(\"r\", 1, Map.of(), 2);");
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.messages where analyzer ="
                                                + " 'probe' and problem like '%endless loop%'")
                                == 1);
        assertThat(one("select count(*) from analysis.results where related_events = '{2}'"))
                .isEqualTo(1);
        // What the restarted service finds in use is what is stored: once each.
        services.getLast().close();
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        send(datagram(Bytes.ofHex("2c")));
        awaitRows(6);
        assertThat(one("select count(*) from analysis.results")).isEqualTo(2);

        // Without its file it is out of use, also if the file went while nobody was looking.
        services.getLast().close();
        Files.delete(analyzers.resolve("Probe.java"));
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        await().atMost(PATIENCE)
                .until(() ->
                        one("select count(*) from analysis.user_analyzers where state = 'removed'")
                                == 1);
        assertThat(
                        one(
                                "select count(*) from analysis.analyzers where is_current"
                                        + " and analyzer = 'probe'"))
                .isZero();
    }

    @Test
    void aRunDissectsAStoredSessionAgainBesideWhatIsStoredAndAVersionIsPromoted(
            @TempDir Path analyzers) throws IOException {
        save(analyzers, "report.number(\"probe.first\", \"First\", 0, 1);");
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        send(claim());
        send(started());
        send(datagram(Bytes.ofHex("2a")));
        awaitProbe("{\"probe\": [null], \"probe.first\": [42]}");
        send(ended());
        await().atMost(PATIENCE)
                .until(() -> one("select count(*) from analysis.sessions where ended") == 1);

        UUID same = run();
        awaitRun(same, "finished");
        awaitTold(same, "FINISHED 3/2, 2 messages");
        assertThat(told(same)).startsWith("WAITING 0/0, 0 messages", "RUNNING 0/2, 0 messages");
        UUID draft = run(draft("report.number(\"probe.second\", \"Second\", 0, 1);"));
        awaitRun(draft, "finished");
        UUID without = run(RunAnalyzer.newBuilder().setAnalyzer("probe").build());
        awaitRun(without, "finished");
        assertThat(found(same)).containsExactly("data 0", "probe 1 probe.first");
        assertThat(found(draft)).containsExactly("data 0", "probe 1 probe.second");
        assertThat(found(without)).containsExactly("data 0");
        // What is stored of the session has not changed.
        assertThat(probe("field_values::text"))
                .isEqualTo("{\"probe\": [null], \"probe.first\": [42]}");

        UUID broken = run(draft("report.number(;"));
        awaitRun(broken, "failed");
        assertThat(
                        jdbc.queryForObject(
                                "select problem from analysis.runs where run_id = ?",
                                String.class,
                                broken))
                .startsWith("Probe.java:8:");

        awaitTold(broken, "FAILED 0/0, 0 messages");
        assertThat(statuses(broken).getLast().getProblem()).startsWith("Probe.java:8:");

        send(CancelRun.newBuilder().setRunId(same.toString()).build());
        await().atMost(PATIENCE)
                .until(() ->
                        one("select count(*) from analysis.runs where run_id = '" + same + "'")
                                == 0);
        awaitTold(same, "DELETED 3/2, 2 messages");

        String promoted =
                requireNonNull(
                        jdbc.queryForObject(
                                "select analyzer_version from analysis.run_analyzers"
                                        + " where run_id = ? and is_user",
                                String.class,
                                draft));
        send(PromoteAnalyzer.newBuilder().setAnalyzer("probe").setVersion(promoted).build());
        session = UUID.randomUUID().toString();
        sequence = 0;
        send(started());
        send(datagram(Bytes.ofHex("2b")));
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.messages where analyzer ="
                                                + " 'probe' and field_values @>"
                                                + " '{\"probe.second\": [43]}'")
                                == 1);

        // So it stays after a restart, until the file changes.
        services.getLast().close();
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.user_analyzers where"
                                                + " version = '"
                                                + promoted
                                                + "'")
                                == 1);
        save(analyzers, "report.number(\"probe.first\", \"Again\", 0, 1);");
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.messages where analyzer ="
                                                + " 'probe' and field_values @>"
                                                + " '{\"probe.first\": [43]}'")
                                == 1);
    }

    private UUID run(RunAnalyzer... analyzers) {
        UUID id = UUID.randomUUID();
        ask(
                ControlEvent.newBuilder()
                        .setStartRun(
                                StartRun.newBuilder()
                                        .setRunId(id.toString())
                                        .setSessionId(session)
                                        .addAllAnalyzers(List.of(analyzers))));
        return id;
    }

    private static RunAnalyzer draft(String analyze) {
        return RunAnalyzer.newBuilder()
                .setAnalyzer("probe")
                .setFile("Probe.java")
                .setSource(source(analyze))
                .build();
    }

    private void send(CancelRun request) {
        ask(ControlEvent.newBuilder().setCancelRun(request));
    }

    private void send(PromoteAnalyzer request) {
        ask(ControlEvent.newBuilder().setPromoteAnalyzer(request));
    }

    private void ask(ControlEvent.Builder request) {
        send(
                Records.of(
                        request.setLab(LAB)
                                .setControlId(UUID.randomUUID().toString())
                                .setSender("test")
                                .build()));
    }

    private void awaitRun(UUID run, String state) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(
                                        jdbc.queryForObject(
                                                "select state from analysis.runs where run_id = ?",
                                                String.class,
                                                run))
                                .isEqualTo(state));
    }

    private void awaitTold(UUID run, String last) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told(run)).endsWith(last));
    }

    /** What was said of a run in the event stream: state, how far of how much, messages. */
    private List<String> told(UUID run) {
        return statuses(run).stream()
                .map(status ->
                        "%s %d/%d, %d messages"
                                .formatted(
                                        status.getState().name().replace("RUN_STATE_", ""),
                                        status.getLastSequence(),
                                        status.getTotal(),
                                        status.getMessages()))
                .toList();
    }

    private List<RunStatus> statuses(UUID run) {
        return control().stream()
                .filter(ControlEvent::hasRunStatus)
                .map(ControlEvent::getRunStatus)
                .filter(status -> status.getRunId().equals(run.toString()))
                .toList();
    }

    /** Protocol, understood bytes and field of each message of a run. */
    private List<String> found(UUID run) {
        return jdbc.query(
                """
                select protocol || ' ' || understood
                    || case when understood > 0 then ' ' || (fields -> 0 ->> 'name') else '' end
                from analysis.run_messages where run_id = ? order by protocol
                """,
                (row, _) -> row.getString(1),
                run);
    }

    private static void save(Path directory, String analyze) throws IOException {
        Path written = Files.writeString(directory.resolve("written"), source(analyze));
        Files.move(written, directory.resolve("Probe.java"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String source(String analyze) {
        return """
        import java.util.*;
        import kontor.analyzers.*;
        public class Probe implements MessageAnalyzer {
            public List<FieldSpec> fields() {
                return List.of(FieldSpec.number("probe.first", "1"), FieldSpec.number("probe.second", "2")); }
            public boolean wants(MessageView message) { return message.length() == 1; }
            public void analyze(MessageView message, Report report) {
                %s
            }
        }
        """
                .formatted(analyze);
    }

    private void awaitProbe(String values) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(probe("field_values::text")).isEqualTo(values));
    }

    /** Of the newest message that the analyzer has found. */
    private String probe(String expression) {
        return requireNonNull(
                jdbc.queryForObject(
                        "select "
                                + expression
                                + " from analysis.messages where analyzer = 'probe'"
                                + " order by session_sequence desc limit 1",
                        String.class));
    }
}
