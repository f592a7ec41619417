package kontor.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.log.SessionEventHead;
import kontor.orchestrator.mapping.SessionEventMapping;
import kontor.orchestrator.ownership.LogRecord;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What is wanted of the log is passed on, whatever stands between. */
final class SessionLogReaderTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final List<Long> offsets = new ArrayList<>();
    private long end;

    @Test
    void onlyWhatIsWantedByItsHeadIsPassedOn() {
        SessionLogReader reader = reader();
        add(claim(1));
        add(release(1));
        add(claim(2));

        reader.poll(AT_ONCE, SessionEventHead::claim, (_, offset) -> offsets.add(offset));

        assertThat(offsets).containsExactly(0L, 2L);
    }

    @Test
    void behindARecordThatCannotBeReadItGoesOn() {
        SessionLogReader reader = reader();
        add(claim(1));
        add(nonsense());
        add(claim(2));

        assertThatThrownBy(() ->
                        reader.poll(
                                AT_ONCE,
                                SessionEventHead::claim,
                                (_, offset) -> offsets.add(offset)))
                .isInstanceOf(HaltException.class)
                .hasMessageContaining("kontor.session-events-0@1");
        assertThat(reader.position()).isEqualTo(2);
        assertThat(offsets).containsExactly(0L);
    }

    private SessionLogReader reader() {
        SessionLogReader reader = SessionLogReader.from(consumer, 0, 0);
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(Topics.SESSION_EVENTS, 0), 0L));
        return reader;
    }

    private void add(ProducerRecord<String, byte[]> sent) {
        consumer.addRecord(
                new ConsumerRecord<>(
                        Topics.SESSION_EVENTS,
                        0,
                        end,
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        sent.key(),
                        sent.value(),
                        sent.headers(),
                        Optional.empty()));
        end++;
    }

    private static ProducerRecord<String, byte[]> claim(long epoch) {
        return Records.of(
                SessionEventMapping.write(new LogRecord.Claim("somebody", epoch, 1), "test"), 0);
    }

    private static ProducerRecord<String, byte[]> release(long epoch) {
        return Records.of(
                SessionEventMapping.write(new LogRecord.Release("somebody", epoch, ""), 1), 0);
    }

    private static ProducerRecord<String, byte[]> nonsense() {
        return new ProducerRecord<>(
                Topics.SESSION_EVENTS, 0, "lab", new byte[] {10, 100}, new RecordHeaders());
    }
}
