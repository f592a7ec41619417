package kontor.gateway.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import kontor.filters.Compilation;
import kontor.gateway.filtering.FieldCatalogue;
import kontor.gateway.filtering.FilterArchive;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.LargeSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Statistics and finding over real HTTP, on a large session in a real database. */
@Timeout(120)
class SampleIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int EVENTS = 20_000;

    private static UUID session;

    @BeforeAll
    static void start() {
        session = LargeSession.write(stack.jdbc(), "large", EVENTS);
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.messages
                        select session_id, session_sequence, 0, 'anno', '1', flow, instance, null,
                            'x642', 'VALUES', 'VALUES of ' || session_sequence, 'whole', null,
                            octet_length(payload),
                            jsonb_build_array(jsonb_build_object('sequence', session_sequence,
                                'offset', 0, 'length', octet_length(payload))),
                            '[]'
                        from capture.events where session_id = ? and payload is not null
                        """)
                .param(session)
                .update();
        for (int i = 0; i < 12; i++) {
            payload(1000 + 2 * i, "9ba49b01%02x000000".formatted(i < 4 ? 16 : i < 7 ? 20 : 48));
        }
        stack.jdbc()
                .sql(
                        """
                        update analysis.messages set type = 'SWITCH', length = 8
                        where session_id = ? and session_sequence between 1000 and 1022
                          and session_sequence % 2 = 0
                        """)
                .param(session)
                .update();
        // A message in two events, with the number at the border.
        payload(4, "ffffff51");
        payload(8, "24ffffff");
        stack.jdbc()
                .sql(
                        """
                        update analysis.messages set type = 'LONG', length = 6, spans =
                          '[{"sequence": 4, "offset": 1, "length": 3},
                            {"sequence": 8, "offset": 0, "length": 3}]'
                        where session_id = ? and session_sequence = 8
                        """)
                .param(session)
                .update();
        stack.jdbc().sql("analyze").update();
        startGateway(Map.of());
    }

    private static void payload(long sequence, String hex) {
        stack.jdbc()
                .sql(
                        """
                        update capture.events set payload = decode(?, 'hex')
                        where session_id = ? and session_sequence = ?
                        """)
                .params(hex, session, sequence)
                .update();
    }

    @Test
    void countsAWholeSessionAndSaysSo() {
        JsonNode found = get("/statistics");
        assertThat(found.at("/sample/complete").asBoolean()).isTrue();
        assertThat(found.at("/sample/messages").asLong()).isEqualTo(EVENTS - 2);
        assertThat(found.at("/types/0/type").asString()).isEqualTo("VALUES");
        assertThat(found.at("/types/0/messages").asLong()).isEqualTo(EVENTS - 2 - 12 - 1);
        assertThat(found.at("/instances")).hasSize(2);
        assertThat(found.at("/seconds/width").asInt()).isEqualTo(1);
        assertThat(found.at("/seconds/messages").size()).isBetween(20, 22);
    }

    @Test
    void ofMoreThanTheLimitTheNewestAreTheSample() {
        JsonNode newest = get("/statistics?limit=500").get("sample");
        assertThat(newest.get("messages").asLong()).isEqualTo(500);
        assertThat(newest.get("first").asLong()).isEqualTo(EVENTS - 500);
        assertThat(newest.get("last").asLong()).isEqualTo(EVENTS - 1);
        assertThat(newest.get("complete").asBoolean()).isFalse();

        JsonNode behind = get("/statistics?after=100&limit=50").get("sample");
        assertThat(behind.get("first").asLong()).isEqualTo(101);
        assertThat(behind.get("last").asLong()).isEqualTo(150);
        assertThat(behind.get("complete").asBoolean()).isFalse();

        JsonNode all = get("/statistics?after=100&before=151&limit=50").get("sample");
        assertThat(all.get("complete").asBoolean()).isTrue();
    }

    @Test
    void aFilterIsAskedInSqlAndWhereThatCannotDecideByItsPredicate() {
        JsonNode exact = get("/statistics?filter=" + encoded("message.type == \"SWITCH\""));
        assertThat(exact.at("/messages").asLong()).isEqualTo(12);
        JsonNode matched =
                get(
                        "/statistics?filter="
                                + encoded("message.summary matches \"^values of 1[0-9]$\""));
        assertThat(matched.at("/messages").asLong()).isEqualTo(10);
        assertThat(matched.at("/sample/first").asLong()).isEqualTo(10);
    }

    @Test
    void theBytesOfATypeTellWhatTheyAre() {
        JsonNode found = get("/statistics/bytes?protocol=x642&type=SWITCH");
        assertThat(found.get("messages").asLong()).isEqualTo(12);
        assertThat(found.get("columns")).hasSize(8);
        assertThat(found.at("/columns/0/constant").asBoolean()).isTrue();
        assertThat(found.at("/columns/4/least").asInt()).isEqualTo(16);
        assertThat(found.at("/columns/4/most").asInt()).isEqualTo(48);
        assertThat(found.at("/columns/4/distinct").asInt()).isEqualTo(3);
        assertThat(found.at("/columns/4/flips").toString()).isEqualTo("[0,0,2,0,0,1,0,0]");
        assertThat(
                        get("/statistics/bytes?protocol=x642&type=SWITCH&from=game2")
                                .get("messages")
                                .asLong())
                .isZero();
    }

    @Test
    void findsANumberAcrossTheBorderOfTwoEvents() {
        JsonNode found = get("/find/value?value=9297&width=2&filter=" + encoded("message.len < 9"));
        assertThat(found.get("occurrences").asInt()).isEqualTo(1);
        assertThat(found.at("/hits/0/sequence").asLong()).isEqualTo(8);
        assertThat(found.at("/hits/0/offset").asInt()).isEqualTo(2);
        assertThat(found.at("/places/0/type").asString()).isEqualTo("LONG");
    }

    @Test
    void findsASeriesAndTheBitsOfAnAction() {
        JsonNode series =
                get("/find/series?values=4,5,12&filter=" + encoded("message.type == \"SWITCH\""));
        assertThat(series.at("/places/0/match").asString()).isEqualTo("scaled");
        assertThat(series.at("/places/0/factor").asInt()).isEqualTo(4);
        assertThat(series.at("/places/0/offset").asInt()).isEqualTo(4);

        JsonNode bits =
                get(
                        "/find/bits?during=1008-1010,1014-1014&filter="
                                + encoded("message.type == \"SWITCH\""));
        assertThat(bits.get("found").asInt()).isEqualTo(1);
        assertThat(bits.at("/bits/0/offset").asInt()).isEqualTo(4);
        assertThat(bits.at("/bits/0/bit").asInt()).isEqualTo(2);
        assertThat(bits.at("/bits/0/changes").toString()).isEqualTo("[1008,1014]");
        assertThat(bits.at("/windows/0/messages").asInt()).isEqualTo(2);
        assertThat(bits.at("/sample/last").asLong()).isEqualTo(1014);
    }

    @Test
    void whatIsAskedWronglyIsRefusedWithAReason() {
        String path = "/api/sessions/" + session;
        assertThat(refused(path + "/find/value?value=much")).isEqualTo("value");
        assertThat(refused(path + "/find/value?value=1&width=3")).isEqualTo("width");
        assertThat(refused(path + "/find/series?values=5,5")).isEqualTo("values");
        assertThat(refused(path + "/find/bits?during=30-20")).isEqualTo("during");
        assertThat(refused(path + "/find/bits?during=1-5,5-9")).isEqualTo("during");
        assertThat(refused(path + "/statistics?limit=0")).isEqualTo("limit");
        assertThat(refused(path + "/statistics?filter=nonsense")).isEqualTo("filter");
    }

    /** However large the session is, the limit bounds the rows that are read. */
    @Test
    void aSampleCostsItsMessagesAndNotTheSession() {
        HikariDataSource one = new HikariDataSource();
        one.setJdbcUrl(stack.database().jdbcUrl());
        one.setUsername(stack.database().user());
        one.setPassword(stack.database().password());
        one.setMaximumPoolSize(1);
        try (one) {
            JdbcClient jdbc = JdbcClient.create(one);
            SampleArchive archive =
                    new SampleArchive(
                            jdbc,
                            gateway.bean(FilterArchive.class),
                            new JdbcTransactionManager(one));
            var all =
                    (Compilation.Compiled)
                            gateway.bean(FieldCatalogue.class).language().compile("");
            Selection wanted =
                    new Selection(all.filter(), null, null, null, null, Long.MAX_VALUE, 200, 256);
            long before = rowsRead(jdbc);
            Sample sample = archive.read(session, wanted, _ -> {});
            assertThat(sample.messages()).isEqualTo(200);
            // Twice each message with its event and flow: where it begins, and what is in it.
            assertThat(rowsRead(jdbc) - before).isLessThan(2 * 3 * 201 + 200);
        }
    }

    private static long rowsRead(JdbcClient jdbc) {
        jdbc.sql("select pg_stat_force_next_flush()").query(row -> {});
        return jdbc.sql(
                        "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint"
                                + " from pg_stat_user_tables"
                                + " where relname in ('messages', 'events', 'flows')")
                .query(Long.class)
                .single();
    }

    private static String refused(String path) {
        return gateway.problem(path).get("parameter").asString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The path is sent as it is. */
    private static JsonNode get(String path) {
        byte[] body =
                gateway.client()
                        .get()
                        .uri(gateway.uri("/api/sessions/" + session + path))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody();
        return JSON.readTree(requireNonNull(body));
    }
}
