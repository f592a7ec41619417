package kontor.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import kontor.packets.v1.AdapterEvent;
import kontor.sessions.v1.SessionEvent;
import kontor.topics.Followers;
import kontor.topics.Headers;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The journal between a real broker and a real database: the rows are the log, each once. */
class JournalIT {

    private JournalBed bed;
    private List<RecordedLab> labs;

    @BeforeEach
    void recordTwoLabs() {
        bed = new JournalBed();
        labs =
                List.of(
                        new RecordedLab("harbour", 0, 11)
                                .playSession(150)
                                .endSession()
                                .playSession(90),
                        new RecordedLab("market", 1, 12).playSession(60));
        labs.get(1).stopRun(0);
        labs.get(1).startRun(0);
        labs.get(1).datagram(0, 64_000);
        labs.get(1).endSession();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 2000})
    void rowsEqualTheLogWhateverTheBatch(int batchRecords) {
        DataSource database = JournalBed.database();
        labs.forEach(bed::append);

        try (JournalBed.Running journal = bed.start(database, batchRecords)) {
            bed.awaitWritten(database);
            await().until(() -> journal.meters.lag() == 0);

            Expected.assertTablesEqual(database, labs);
            assertThat(journal.meters.count(JournalMetric.REPEATED_RECORDS)).isPositive();
            assertThat(journal.meters.count(JournalMetric.VOID_RECORDS)).isPositive();
            assertThat(journal.meters.count(JournalMetric.SEQUENCE_GAPS)).isZero();
            assertThat(journal.meters.count(JournalMetric.CHECKSUM_MISMATCHES)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void killedAtEveryBatchItGoesOnWhereItStopped(KillingDatabase.Moment moment) {
        DataSource database = JournalBed.database();
        labs.forEach(bed::append);

        int lives = 0;
        while (!bed.isWritten(database)) {
            // The first batch of each life gets through, so that no moment repeats for ever.
            try (var journal = bed.start(new KillingDatabase(database, moment, 1), 40)) {
                await().atMost(JournalBed.PATIENCE)
                        .until(() -> !journal.isAlive() || bed.isWritten(database));
            }
            lives++;
        }

        assertThat(lives).isGreaterThan(5);
        Expected.assertTablesEqual(database, labs);
    }

    @Test
    void twoJournalsAtOnceWriteEachRecordOnce() {
        DataSource database = JournalBed.database();

        try (var _ = bed.start(database, 5);
                var _ = bed.start(database, 7)) {
            labs.forEach(bed::append);
            bed.awaitWritten(database);
        }

        Expected.assertTablesEqual(database, labs);
    }

    @Test
    void whileTheDatabaseIsAwayItWaitsAndThenGoesOn(@TempDir Path directory) throws Exception {
        EmbeddedPostgres server = server(directory, 0);
        int port = server.getPort();
        DataSource database =
                JournalBed.database(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
        try (JournalBed.Running journal = bed.start(database, 10)) {
            bed.append(labs.get(0));
            bed.awaitWritten(database);

            server.close();
            bed.append(labs.get(1));
            journal.awaitPhase(JournalStatus.Phase.WAITING_FOR_DATABASE);

            server = server(directory, port);
            journal.awaitPhase(JournalStatus.Phase.RUNNING);
            bed.awaitWritten(database);
            Expected.assertTablesEqual(database, labs);
        } finally {
            server.close();
        }
    }

    @Test
    void aRecordThatCannotBeReadHaltsItBehindAllThatCame() {
        DataSource database = JournalBed.database();
        labs.forEach(bed::append);
        ProducerRecord<String, byte[]> unreadable =
                new ProducerRecord<>(
                        Topics.SESSION_EVENTS,
                        labs.getFirst().partition,
                        "harbour",
                        new byte[] {9});
        unreadable.headers().add(Headers.SCHEMA, "SessionEvent/2".getBytes(UTF_8));
        bed.append(unreadable);

        try (JournalBed.Running journal = bed.start(database, 2000)) {
            journal.awaitPhase(JournalStatus.Phase.HALTED);

            assertThat(journal.status.now().reason())
                    .contains("kontor.session-events-0@" + labs.getFirst().log.size());
            assertThat(
                            new JournalHealth(journal.status, journal.meters)
                                    .health()
                                    .getStatus()
                                    .getCode())
                    .isEqualTo("DOWN");
            assertThat(journal.followers.words())
                    .singleElement()
                    .matches(word -> word.state() == Followers.State.HALTED);
        }
        assertThat(
                        new PostgresJournal(database)
                                .positions()
                                .get(new Position.Partition(Topics.SESSION_EVENTS, 0)))
                .extracting(Position::nextOffset)
                .isEqualTo((long) labs.getFirst().log.size());
    }

    @Test
    void oneThatStartsWhileAnotherWritesSeesNoLostRecords() {
        DataSource database = JournalBed.database();
        bed.append(labs.get(0));
        try (var old = bed.start(database, 2000)) {
            bed.awaitWritten(database);
            // Between the new one's two questions the other journals all of the second lab.
            DataSource slow =
                    new SlowPositions(
                            database,
                            () -> {
                                bed.append(labs.get(1));
                                bed.awaitWritten(database);
                            });
            try (JournalBed.Running fresh = bed.start(slow, 2000)) {
                fresh.awaitPhase(JournalStatus.Phase.RUNNING);
                assertThat(old.status.now().phase()).isEqualTo(JournalStatus.Phase.RUNNING);
            }
        }
        Expected.assertTablesEqual(database, labs);
    }

    @Test
    void aLogThatLostRecordsHaltsItAlsoOnceItHasGrownAgainAndIsGoneOnWithWhenMended() {
        DataSource database = JournalBed.database();
        bed.append(labs.get(0));
        try (var _ = bed.start(database, 2000)) {
            bed.awaitWritten(database);
        }
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.update(move(3));
        try (JournalBed.Running journal = bed.start(database, 2000)) {
            journal.awaitPhase(JournalStatus.Phase.HALTED);
            int end = labs.getFirst().log.size();
            assertThat(journal.status.now().reason())
                    .isEqualTo(
                            "kontor.session-events-0 ended at offset %d, but was journalled up to"
                                            .formatted(end)
                                    + " %d: Kafka has lost records".formatted(end + 3));

            long looks = journal.meters.count(JournalMetric.FAILURES);
            for (int i = 0; i < 5; i++) {
                bed.append(Records.of(labs.getFirst().truth.getFirst(), 0));
            }
            await().until(() -> journal.meters.count(JournalMetric.FAILURES) > looks + 2);
            assertThat(journal.status.now().phase()).isEqualTo(JournalStatus.Phase.HALTED);

            jdbc.update(move(-3));
            journal.awaitPhase(JournalStatus.Phase.RUNNING);
            bed.awaitWritten(database);
        }
        Expected.assertTablesEqual(database, List.of(labs.get(0)));
    }

    private static String move(int by) {
        return "update capture.journal_positions set next_offset = next_offset + %d".formatted(by)
                + " where topic = 'kontor.session-events' and partition = 0";
    }

    @Test
    void whereASessionStandsInTheTopicsIsKeptWithIt() {
        DataSource database = JournalBed.database();
        labs.forEach(bed::append);
        try (var _ = bed.start(database, 17)) {
            bed.awaitWritten(database);
        }

        for (RecordedLab lab : labs) {
            for (String session : lab.flows.keySet()) {
                if (!session.isEmpty()) {
                    Expected.assertRanges(database, lab, session);
                }
            }
        }
    }

    @Test
    void aSessionWhoseBeginningWasJournalledWithoutANoteGetsNoneThatBeginsInItsMiddle() {
        DataSource database = JournalBed.database();
        RecordedLab lab = labs.getFirst();
        bed.append(lab);
        try (var _ = bed.start(database, 2000)) {
            bed.awaitWritten(database);
            JdbcTemplate jdbc = new JdbcTemplate(database);
            jdbc.update("delete from capture.session_ranges");
            SessionEvent last = lab.truth.getLast();
            bed.append(
                    Records.of(
                            last.toBuilder()
                                    .setSessionSequence(last.getSessionSequence() + 1)
                                    .clearDeliveries()
                                    .build(),
                            lab.partition));
            bed.awaitWritten(database);

            assertThat(
                            jdbc.queryForObject(
                                    "select count(*) from capture.session_ranges", Long.class))
                    .isZero();
        }
    }

    @Test
    void whateverIsWrittenOfASessionTakesItsVerdictAway() {
        DataSource database = JournalBed.database();
        RecordedLab lab = labs.get(1);
        bed.append(lab);
        try (var _ = bed.start(database, 2000)) {
            bed.awaitWritten(database);
            JdbcTemplate jdbc = new JdbcTemplate(database);
            jdbc.update(
                    "insert into capture.verdicts select session_id, false, now(), '{}'"
                            + " from capture.sessions");
            assertThat(jdbc.queryForObject("select count(*) from capture.verdicts", Long.class))
                    .isEqualTo(1);

            bed.append(Records.of(lab.receipts.getLast()));
            bed.awaitWritten(database);

            assertThat(jdbc.queryForObject("select count(*) from capture.verdicts", Long.class))
                    .isZero();
        }
    }

    @Test
    void aLogThatWasMadeAnewIsReadFromItsBeginning() {
        DataSource database = JournalBed.database();
        bed.append(labs.get(0));
        try (var _ = bed.start(database, 2000)) {
            bed.awaitWritten(database);
        }

        JournalBed anew = new JournalBed();
        anew.append(labs.get(1));
        RecordedLab sameOrdinals = new RecordedLab("harbour", 0, 99).playSession(30).endSession();
        anew.append(sameOrdinals);
        try (var _ = anew.start(database, 2000)) {
            anew.awaitWritten(database);
        }

        Expected.assertTablesEqual(database, List.of(labs.get(0), labs.get(1), sameOrdinals));
    }

    @Test
    void whatIsWrongInTheLogIsWrittenAsItIsAndCounted() {
        DataSource database = JournalBed.database();
        RecordedLab lab = labs.getFirst();
        SessionEvent last = lab.truth.getLast();
        bed.append(lab);
        AdapterEvent.Builder odd =
                AdapterEvent.newBuilder()
                        .setInstance("game1")
                        .setRunId("00000000-0000-0000-0000-000000000007")
                        .setAdapterSequence(1)
                        .setPayloadCrc32C(-1);
        odd.getDatagramBuilder()
                .setPayload(ByteString.copyFromUtf8("altered"))
                .getSourceBuilder()
                .setAddress(ByteString.copyFromUtf8("no address"));
        SessionEvent.Builder behindGap =
                SessionEvent.newBuilder()
                        .setLab(lab.lab)
                        .setSessionId(last.getSessionId())
                        .setSessionSequence(last.getSessionSequence() + 3)
                        .setOwnerEpoch(last.getOwnerEpoch())
                        .setVerdictDetail("NUL \0 and " + "\\u0000")
                        .setAdapterEvent(odd);
        behindGap
                .getFlowBuilder()
                .setNumber(1_000_000)
                .getTargetBuilder()
                .getEndpointBuilder()
                .setAddress(ByteString.copyFromUtf8("?"));
        bed.append(Records.of(behindGap.build(), lab.partition));

        try (JournalBed.Running journal = bed.start(database, 2000)) {
            bed.awaitWritten(database);
            await().until(() -> journal.meters.count(JournalMetric.SEQUENCE_GAPS) == 1);
            assertThat(journal.meters.count(JournalMetric.CHECKSUM_MISMATCHES)).isEqualTo(1);
        }

        assertThat(
                        new JdbcTemplate(database)
                                .queryForMap(
                                        """
                                        select convert_from(payload, 'UTF8') as payload,
                                            payload_crc32c, verdict_detail,
                                            detail->'source'->>'address' as source,
                                            (select target_address from capture.flows f
                                             where f.flow = 1000000) as target
                                        from capture.events where run_id::text like '%007'
                                        """))
                .containsEntry("payload", "altered")
                .containsEntry("payload_crc32c", 0xFFFF_FFFFL)
                .containsEntry("verdict_detail", "NUL \uFFFD and " + "\\u0000")
                .containsEntry("source", "0x" + "6e6f2061646472657373")
                .containsEntry("target", null);
    }

    @Test
    void aLargePayloadIsStoredAsItIs() {
        DataSource database = JournalBed.database();
        RecordedLab lab = labs.getFirst();
        SessionEvent last = lab.truth.getLast();
        AdapterEvent.Builder zeros =
                AdapterEvent.newBuilder()
                        .setInstance("game1")
                        .setRunId("00000000-0000-0000-0000-000000000007")
                        .setAdapterSequence(1);
        zeros.getDatagramBuilder().setPayload(ByteString.copyFrom(new byte[64_000]));
        bed.append(lab);
        bed.append(
                Records.of(
                        SessionEvent.newBuilder()
                                .setLab(lab.lab)
                                .setSessionId(last.getSessionId())
                                .setSessionSequence(last.getSessionSequence() + 1)
                                .setOwnerEpoch(last.getOwnerEpoch())
                                .setAdapterEvent(zeros)
                                .build(),
                        lab.partition));

        try (var _ = bed.start(database, 2000)) {
            bed.awaitWritten(database);
        }

        assertThat(
                        new JdbcTemplate(database)
                                .queryForMap(
                                        """
                                        select length(payload) as bytes,
                                            pg_column_compression(payload) as compression
                                        from capture.events where run_id::text like '%007'
                                        """))
                .containsEntry("bytes", 64_000)
                .containsEntry("compression", null);
    }

    private static EmbeddedPostgres server(Path directory, int port) throws Exception {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("data"))
                        .setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }
}
