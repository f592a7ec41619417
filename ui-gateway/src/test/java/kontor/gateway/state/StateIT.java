package kontor.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import kontor.gateway.filtering.FieldCatalogue;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.LargeSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The game's state at any event, over real HTTP and out of a real database. */
@Timeout(120)
class StateIT extends GatewayOnSampleStack {

    private static final int EVENTS = 60_000;

    /** Values of the large session: each changes again and again. */
    private static final int VALUES = 40;

    private static UUID session;
    private static UUID large;

    @BeforeAll
    static void start() {
        session = LargeSession.write(stack.jdbc(), "small", 100);
        value("0349281E/money", "money", null, null, null, "money");
        change("0349281E/money", 10, 0, 0, 9297L, "9297", null);
        change("0349281E/money", 20, 0, 1, 9298L, "9298", 9297L);
        change("0349281E/money", 30, 1, 0, 9300L, "9300", 9298L);
        value("0349281E/stock/1/0/14", "stock", 1, 0, 14, "food");
        change("0349281E/stock/1/0/14", 20, 0, 0, 958L, "29 30/32 t", null);
        value("0349281E/stock/1/0/4", "stock", 1, 0, 4, "wool");
        change("0349281E/stock/1/0/4", 25, 0, 0, 32L, "1 t", null);
        value("0349281E/value/35/1/0/1131/0", "value", 1, 0, 0, "0x35/0x1131[0]");
        change("0349281E/value/35/1/0/1131/0", 25, 0, 1, 128L, "128", null);
        value("0349281E/name", "name", null, null, null, "name");
        change("0349281E/name", 5, 0, 0, null, "Hans", null);
        stack.jdbc()
                .sql(
                        "insert into analysis.chat_lines values (?, 40, 0, ?, 'game1', 2, 255,"
                                + " 'Hallo')")
                .params(session, 0x0349281EL)
                .update();
        large = LargeSession.write(stack.jdbc(), "large", EVENTS);
        writeChanges();
        startGateway(Map.of());
    }

    @Test
    void theStateAtAnEventIsWhatHadBeenSaidUpToThere() {
        JsonNode then = state("?at=20");
        assertThat(then.at("/players/0/money/number").asLong()).isEqualTo(9298);
        assertThat(then.at("/players/0/money/sequence").asLong()).isEqualTo(20);
        assertThat(then.at("/players/0/money/previous").asLong()).isEqualTo(9297);
        assertThat(then.at("/players/0/money/at").asString()).startsWith("20");
        assertThat(then.at("/players/0/name").asString()).isEqualTo("Hans");
        assertThat(then.at("/players/0/shown").asString()).isEqualTo("0x0349281E");
        assertThat(then.at("/players/0/islands/0/stock")).hasSize(1);
        assertThat(then.at("/newest").asLong()).isEqualTo(20);
        assertThat(then.at("/chat")).isEmpty();
        assertThat(paths(then.at("/changed")))
                .containsExactly(
                        "0349281E/money 20",
                        "0349281E/stock/1/0/14 20",
                        "0349281E/money 10",
                        "0349281E/name 5");

        assertThat(state("?at=4").at("/players")).isEmpty();
    }

    @Test
    void withoutAnEventItIsTheNewest() {
        JsonNode now = state("");
        assertThat(now.at("/players/0/money/number").asLong()).isEqualTo(9300);
        assertThat(now.at("/players/0/islands/0/stock/0/label").asString()).isEqualTo("wool");
        assertThat(now.at("/players/0/islands/0/stock/1/display").asString())
                .isEqualTo("29 30/32 t");
        assertThat(now.at("/players/0/islands/0/other/0/label").asString())
                .isEqualTo("0x35/0x1131[0]");
        assertThat(now.at("/chat/0/text").asString()).isEqualTo("Hallo");
        assertThat(now.has("at")).isFalse();
    }

    @Test
    void aValueOverTimeIsItsChanges() {
        JsonNode series = gateway.get(path(session) + "/series?value=0349281E/money&after=10");
        assertThat(series.at("/points"))
                .extracting(point -> point.get("sequence").asLong() + " " + point.get("number"))
                .containsExactly("20 9298", "30 9300");
        assertThat(series.at("/thinned").asBoolean()).isFalse();
        assertThat(series.at("/value/display").asString()).isEqualTo("9300");

        JsonNode thinned = gateway.get(path(large) + "/series?value=00000001/value/7&points=100");
        assertThat(thinned.at("/changes").asInt()).isEqualTo(EVENTS / VALUES);
        assertThat(thinned.at("/points")).hasSizeLessThanOrEqualTo(100);
        assertThat(thinned.at("/thinned").asBoolean()).isTrue();
    }

    @Test
    void whatIsAskedWronglyIsRefusedWithAReason() {
        assertThat(problem(path(session) + "?at=-1").at("/parameter").asString()).isEqualTo("at");
        assertThat(problem(path(session) + "?chat=2000").at("/allowed").toString())
                .contains("0 to 1000");
        assertThat(problem(path(session) + "/series?value=nothing").at("/parameter").asString())
                .isEqualTo("value");
        gateway.client().get().uri(path(UUID.randomUUID())).exchange().expectStatus().isNotFound();
    }

    /** However long the session and wherever the event: the rows read are those of the values. */
    @Test
    void theMiddleOfALongSessionCostsAsManyRowsAsThereAreValues() {
        HikariDataSource one = new HikariDataSource();
        one.setJdbcUrl(stack.database().jdbcUrl());
        one.setUsername(stack.database().user());
        one.setPassword(stack.database().password());
        one.setMaximumPoolSize(1);
        try (one) {
            JdbcClient jdbc = JdbcClient.create(one);
            StateArchive archive = new StateArchive(jdbc, gateway.bean(FieldCatalogue.class));
            for (long at : new long[] {1000, EVENTS / 2, EVENTS}) {
                long before = rowsRead(jdbc);
                assertThat(archive.values(large, at)).hasSize(VALUES);
                assertThat(archive.changedLast(large, at, 20)).hasSize(20);
                // Of each value its row, its change and the change's event; the same for the last.
                assertThat(rowsRead(jdbc) - before)
                        .isLessThanOrEqualTo(3 * VALUES + 4 * 20 + VALUES);
            }
        }
    }

    private static long rowsRead(JdbcClient jdbc) {
        jdbc.sql("select pg_stat_force_next_flush()").query(row -> {});
        return jdbc.sql(
                        "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint"
                                + " from pg_stat_user_tables"
                                + " where schemaname in ('capture', 'analysis')"
                                + " and relname not in ('analyzers', 'fields')")
                .query(Long.class)
                .single();
    }

    private static void writeChanges() {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.state_values
                        select ?, '00000001/value/' || n, 'value', 1, 'game1', 0, 0, n, 'v', n + 1
                        from generate_series(0, ? - 1) n
                        """)
                .params(large, VALUES)
                .update();
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.state_changes
                        select ?, '00000001/value/' || (n % ?), n + 1, 0, 0, n, n::text, n - 1
                        from generate_series(0, ? - 1) n
                        """)
                .params(large, VALUES, EVENTS)
                .update();
        stack.jdbc().sql("analyze").update();
    }

    private static void value(
            String path,
            String kind,
            @Nullable Integer island,
            @Nullable Integer thing,
            @Nullable Integer item,
            String label) {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.state_values
                        values (:session, :path, :kind, :player, 'game1', :island, :thing, :item,
                            :label, 1)
                        """)
                .param("session", session)
                .param("path", path)
                .param("kind", kind)
                .param("player", 0x0349281EL)
                .param("island", island)
                .param("thing", thing)
                .param("item", item)
                .param("label", label)
                .update();
    }

    private static void change(
            String path,
            long sequence,
            int index,
            int ordinal,
            @Nullable Long number,
            String display,
            @Nullable Long previous) {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.state_changes
                        values (:session, :path, :sequence, :index, :ordinal, :number, :display,
                            :previous)
                        """)
                .param("session", session)
                .param("path", path)
                .param("sequence", sequence)
                .param("index", index)
                .param("ordinal", ordinal)
                .param("number", number)
                .param("display", display)
                .param("previous", previous)
                .update();
    }

    private static String path(UUID of) {
        return "/api/sessions/" + of + "/state";
    }

    private static JsonNode state(String query) {
        return gateway.get(path(session) + query);
    }

    private static List<String> paths(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(value -> value.get("path").asString() + " " + value.get("sequence"))
                .toList();
    }

    private static JsonNode problem(String path) {
        return gateway.problem(path);
    }
}
