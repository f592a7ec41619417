package kontor.gateway.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleStack;
import kontor.gateway.tables.Columns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What a look at a session costs, in rows that the database read for it. */
@Timeout(120)
class ContinuityCostIT {

    private static final int LARGE = 20_000;
    private static final int TABLES = 3;

    private static SampleStack stack;
    private static HikariDataSource one;
    private static JdbcClient jdbc;
    private static ContinuityArchive archive;
    private static UUID small;
    private static UUID large;

    @BeforeAll
    static void recordALargeSessionBesideASmallOne() {
        stack = new SampleStack();
        small = LargeSession.write(stack.jdbc(), "small", 38);
        large = LargeSession.write(stack.jdbc(), "large", LARGE);
        // One connection, so that what it has counted can be asked for behind the look.
        one = new HikariDataSource();
        one.setJdbcUrl(stack.database().jdbcUrl());
        one.setUsername(stack.database().user());
        one.setPassword(stack.database().password());
        one.setMaximumPoolSize(1);
        jdbc = JdbcClient.create(one);
        archive = new ContinuityArchive(new JdbcTemplate(one), new JdbcTransactionManager(one));
    }

    @AfterAll
    static void stop() {
        one.close();
        stack.close();
    }

    @Test
    void aSmallSessionCostsTheSameHoweverLargeTheOneBesideItIs() {
        long before = rowsRead();
        Evidence evidence = archive.evidence(small).orElseThrow();

        assertThat(evidence.events()).isEqualTo(38);
        assertThat(evidence.faults()).isEmpty();
        assertThat(rowsRead() - before).isLessThan(500);
    }

    @Test
    void eachRowOfALargeSessionIsReadOnceAndItsKeyOnceMore() {
        AtomicLong progress = new AtomicLong();
        long before = rowsRead();
        Evidence evidence = archive.evidence(large, 1, progress::set).orElseThrow();

        assertThat(evidence.events()).isEqualTo(LARGE);
        assertThat(evidence.deliveries()).isEqualTo(LARGE - 2);
        assertThat(evidence.unansweredCount()).isZero();
        assertThat(evidence.faults()).isEmpty();
        assertThat(progress.get()).isGreaterThan(LARGE - 5001);
        assertThat(rowsRead() - before).isLessThan((TABLES + 1) * LARGE + 500);
    }

    @Test
    void theNewestPartCostsThatPart() {
        Instant since =
                jdbc.sql(
                                "select sequenced_at from capture.events"
                                        + " where session_id = ? and session_sequence = ?")
                        .params(large, LARGE - 100)
                        .query((row, _) -> Columns.instant(row, "sequenced_at"))
                        .single();
        long before = rowsRead();
        long from = archive.firstSince(large, since.minus(Duration.ofNanos(1000)));
        Evidence evidence = archive.evidence(large, from, _ -> {}).orElseThrow();

        assertThat(from).isEqualTo(LARGE - 100);
        assertThat(evidence.events()).isEqualTo(101);
        assertThat(evidence.faults()).isEmpty();
        assertThat(rowsRead() - before).isLessThan(1500);
    }

    private static long rowsRead() {
        jdbc.sql("select pg_stat_force_next_flush()").query(row -> {});
        return jdbc.sql(
                        "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint"
                                + " from pg_stat_user_tables where schemaname = 'capture'")
                .query(Long.class)
                .single();
    }
}
