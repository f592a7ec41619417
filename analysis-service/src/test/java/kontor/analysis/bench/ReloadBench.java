package kontor.analysis.bench;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.analysis.AnalysisApplication;
import kontor.analysis.Captures;
import kontor.analysis.v1.AnalysisResult;
import kontor.control.v1.AnalyzerStatus;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.OwnerClaim;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.SessionStarted;
import kontor.testing.infrastructure.TestDatabase;
import kontor.testing.infrastructure.TestKafka;
import kontor.testing.infrastructure.TestProducer;
import kontor.topics.Records;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.topics.Topics;
import kontor.vocabulary.Bytes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * How long a saved analyzer takes until its fields are there, of a running session of 10,000
 * messages: the first and the last result on Kafka, and the notices that the newest and that all of
 * it is stored, upon which pages read it. On a broker and a database of its own. The argument is
 * the number of messages.
 */
public final class ReloadBench {

    private static final int ROUNDS = 9;
    private static final int WARM_UP = 2;
    private static final TopicPartition RESULTS = new TopicPartition(Topics.ANALYSIS, 0);
    private static final TopicPartition NOTICES = new TopicPartition(Topics.CONTROL, 0);
    private static final List<TopicPartition> BOTH = List.of(RESULTS, NOTICES);
    private static final Bytes PLAY = Bytes.ofHex("706c6179");
    private static final int PLAY_AT = 20;
    private static final int SIZE_MASK = 0xF_FFFF;
    private static final List<String> WHAT =
            List.of(
                    "first result on Kafka",
                    "last result on Kafka",
                    "notice: the newest are stored",
                    "notice: all are stored");

    private static final String JAVA =
            """
            import java.util.List;
            import kontor.analyzers.*;

            public class Probe implements MessageAnalyzer {
                public List<FieldSpec> fields() {
                    return List.of(FieldSpec.number("probe.f%1$d", "A number"));
                }
                public boolean wants(MessageView message) {
                    return message.protocol().equals("dplay");
                }
                public void analyze(MessageView message, Report report) {
                    report.number("probe.f%1$d", "Number", 0, 2);
                }
            }
            """;
    private static final String KAITAI =
            """
            meta:
              id: layout
              endian: le
              -kontor: {protocol: dplay}
            seq:
              - {id: f%d, type: u2}
              - {id: items, type: u2, repeat: expr, repeat-expr: 4}
            """;

    private final TestKafka kafka = TestKafka.shared();
    private final TestDatabase database = TestDatabase.create();
    private final Path directory = Files.createTempDirectory("kontor-bench-");
    private final String session = UUID.randomUUID().toString();
    private final JdbcClient jdbc =
            JdbcClient.create(
                    new DriverManagerDataSource(
                            database.jdbcUrl(), database.user(), database.password()));
    private final int messages;
    private long sequence;

    private ReloadBench(int messages) throws IOException {
        this.messages = messages;
    }

    public static void main(String... arguments) throws Exception {
        new ReloadBench(arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0])).measure();
        System.exit(0);
    }

    private void measure() throws Exception {
        kafka.recreateTopics(
                TopicCatalogue.forInstances(List.of(), TopicSettings.STANDARD.withPartitions(1)));
        SpringApplication.run(
                AnalysisApplication.class,
                "--KONTOR_KAFKA_SERVERS=" + kafka.bootstrapServers(),
                "--KONTOR_HTTP_PORT=0",
                "--KONTOR_POSTGRES_URL=" + database.jdbcUrl(),
                "--KONTOR_POSTGRES_USER=" + database.user(),
                "--KONTOR_ANALYZERS_DIR=" + directory,
                "--KONTOR_KAITAI_DIR=" + System.getProperty("kontor.kaitai", "target/kaitai"));
        awaitTables();
        long begin = System.nanoTime();
        write();
        try (KafkaConsumer<String, byte[]> results =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new org.apache.kafka.common.serialization.StringDeserializer(),
                        new ByteArrayDeserializer())) {
            results.assign(BOTH);
            awaitRows("dplay");
            System.out.printf("stored for the first time after %d ms%n", millisSince(begin));
            System.out.printf(
                    "%,d messages, %d rounds, ms: median (least, most)%n", messages, ROUNDS);
            rounds(results, "Probe.java", "probe", JAVA);
            rounds(results, "layout.ksy", "layout", KAITAI);
        }
    }

    private void rounds(
            KafkaConsumer<String, byte[]> results, String file, String analyzer, String text)
            throws Exception {
        long[][] took = new long[WHAT.size()][ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            String field = analyzer + ".f" + (i + WARM_UP);
            results.seekToEnd(BOTH);
            BOTH.forEach(results::position);
            long saved = System.nanoTime();
            save(file, text.formatted(i + WARM_UP));
            long[] found = told(results, saved, analyzer, field);
            if (stored(field) != messages) {
                throw new IllegalStateException(stored(field) + " messages have " + field);
            }
            for (int what = 0; what < found.length && i >= 0; what++) {
                took[what][i] = found[what];
            }
        }
        for (int i = 0; i < took.length; i++) {
            Arrays.sort(took[i]);
            System.out.printf(
                    "%s, %s: %d (%d, %d)%n",
                    file, WHAT.get(i), took[i][ROUNDS / 2], took[i][0], took[i][ROUNDS - 1]);
        }
    }

    /** When there was what {@link #WHAT} says. */
    private long[] told(
            KafkaConsumer<String, byte[]> results, long saved, String analyzer, String field)
            throws IOException {
        long[] found = new long[WHAT.size()];
        int count = 0;
        while (count < messages || found[3] == 0) {
            for (ConsumerRecord<String, byte[]> entry : results.poll(Duration.ofMillis(10))) {
                if (entry.topic().equals(Topics.CONTROL)) {
                    AnalyzerStatus status = Records.controlEvent(entry).getAnalyzerStatus();
                    if (status.getAnalyzer().equals(analyzer) && status.getResults() > 0) {
                        found[2] = found[2] == 0 ? millisSince(saved) : found[2];
                        found[3] = status.getResults() == messages ? millisSince(saved) : 0;
                    }
                } else if (isOf(AnalysisResult.parseFrom(entry.value()), analyzer, field)) {
                    count++;
                    found[1] = millisSince(saved);
                    found[0] = found[0] == 0 ? found[1] : found[0];
                }
            }
        }
        return found;
    }

    private static boolean isOf(AnalysisResult result, String analyzer, String field) {
        return result.getAnalyzer().equals(analyzer)
                && result.getMessages(0).getFieldsList().stream()
                        .anyMatch(one -> one.getName().equals(field));
    }

    private void awaitTables() throws InterruptedException {
        while (jdbc.sql("select to_regclass('analysis.number_ranges') is null")
                .query(Boolean.class)
                .single()) {
            // Only the database says that they are there.
            Thread.sleep(50);
        }
    }

    private void awaitRows(String field) throws InterruptedException {
        while (stored(field) < messages) {
            // Only the database says how many there are.
            Thread.sleep(50);
        }
    }

    private long stored(String field) {
        return jdbc.sql(
                        """
                        select count(*) from analysis.messages
                        where jsonb_exists(field_values, ?)
                        """)
                .param(field)
                .query(Long.class)
                .single();
    }

    private void save(String file, String text) throws IOException {
        Files.move(
                Files.writeString(directory.resolve("new"), text),
                directory.resolve(file),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private void write() {
        List<Bytes> payloads =
                Captures.example().stream()
                        .map(Captures.Frame::payload)
                        .filter(payload -> payload.length() < 200)
                        .filter(ReloadBench::isOneMessage)
                        .toList();
        try (Producer<String, byte[]> log = TestProducer.connectedTo(kafka.bootstrapServers())) {
            send(
                    log,
                    SessionEvent.newBuilder()
                            .setLab("lab")
                            .setOwnerEpoch(1)
                            .setOwnerClaim(OwnerClaim.getDefaultInstance()));
            send(log, next().setSessionStarted(SessionStarted.newBuilder().setOrdinal(1)));
            for (int i = 0; i < messages; i++) {
                send(log, datagram(payloads.get(i % payloads.size())));
            }
            log.flush();
        }
    }

    /** Others would be data, which the analyzers here do not want. */
    private static boolean isOneMessage(Bytes payload) {
        return payload.length() > PLAY_AT + PLAY.length()
                && payload.slice(PLAY_AT, PLAY.length()).equals(PLAY)
                && (payload.asLittleEndianBuffer().getInt() & SIZE_MASK) == payload.length();
    }

    private static void send(Producer<String, byte[]> log, SessionEvent.Builder event) {
        var _ = log.send(Records.of(event.build(), 0));
    }

    private SessionEvent.Builder next() {
        return SessionEvent.newBuilder()
                .setLab("lab")
                .setSessionId(session)
                .setSessionSequence(++sequence)
                .setOwnerEpoch(1);
    }

    private SessionEvent.Builder datagram(Bytes payload) {
        return next().setFlow(
                        SessionFlow.newBuilder()
                                .setNumber(2)
                                .setProtocol(Protocol.PROTOCOL_UDP)
                                .setOpener(FlowEnd.newBuilder().setInstance("game2"))
                                .setTarget(FlowEnd.newBuilder().setInstance("game1"))
                                .setFromOpener(true))
                .setAdapterEvent(
                        AdapterEvent.newBuilder()
                                .setLab("lab")
                                .setInstance("game2")
                                .setPayloadCrc32C(payload.crc32c())
                                .setDatagram(
                                        Datagram.newBuilder()
                                                .setPayload(
                                                        ByteString.copyFrom(
                                                                payload.toByteArray()))));
    }
}
