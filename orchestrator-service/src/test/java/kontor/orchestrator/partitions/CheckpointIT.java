package kontor.orchestrator.partitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.log.CheckpointFormat;
import kontor.orchestrator.driving.OwnerStatus.State;
import kontor.orchestrator.metrics.SequencerMetric;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.state.v1.Checkpoint;
import kontor.state.v1.Mark;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Owners that go on from checkpoints, on a real broker. */
final class CheckpointIT {

    private static final int WAVE = 150;

    private final KafkaLab lab = new KafkaLab();
    private final List<String> texts = new ArrayList<>();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void ownerFoldsOnlyWhatCameAfterTheNewestCheckpoint() throws InterruptedException {
        int records = writeCheckpoints(2);
        SequencerMetrics later = goOn();
        assertThat(later.value(SequencerMetric.LOG_FOLDED)).isLessThan(records / 2.0);
    }

    @Test
    void checkpointThatCannotBeReadIsNone() throws InterruptedException {
        int records = writeCheckpoints(1);
        lab.publish(
                new ProducerRecord<>(
                        Topics.ORCHESTRATOR_STATE, 0, "0", "nonsense".getBytes(UTF_8)));
        SequencerMetrics later = goOn();
        assertThat(later.value(SequencerMetric.LOG_FOLDED)).isGreaterThanOrEqualTo(records);
    }

    @Test
    void checkpointThatTheLogDoesNotConfirmIsNone() throws InterruptedException {
        int records = writeCheckpoints(1);
        lab.publish(
                Records.of(
                        Checkpoint.newBuilder()
                                .setFormat(CheckpointFormat.VERSION)
                                .setOffset(records / 2)
                                .setOwnerEpoch(9)
                                .setLast(
                                        Mark.newBuilder()
                                                .setLab(KafkaLab.LAB)
                                                .setOwnerEpoch(9)
                                                .setSessionSequence(records / 2))
                                .build()));
        SequencerMetrics later = goOn();
        assertThat(later.value(SequencerMetric.LOG_FOLDED)).isGreaterThanOrEqualTo(records);
    }

    /**
     * @return how many records are in the log
     */
    private int writeCheckpoints(int count) throws InterruptedException {
        SequencerMetrics metrics = new SequencerMetrics(new SimpleMeterRegistry());
        PartitionOwner owner = start(metrics);
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        for (int written = 0; written < count; ) {
            for (int i = 0; i < WAVE; i++) {
                say("message " + texts.size());
            }
            written++;
            int expected = written;
            KafkaLab.await(() -> metrics.value(SequencerMetric.CHECKPOINTS) >= expected);
        }
        lab.carriedOut(2, texts.size());
        owner.kill();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        return lab.sessionEvents(all -> all.size() >= texts.size() + 4).size();
    }

    /** Another owner goes on, and does nothing again. */
    private SequencerMetrics goOn() throws InterruptedException {
        SequencerMetrics metrics = new SequencerMetrics(new SimpleMeterRegistry());
        PartitionOwner owner = start(metrics);
        KafkaLab.await(owner, State.OWNING);
        say("behind");
        assertThat(lab.carriedOut(2, texts.size())).isEqualTo(texts);
        assertThat(lab.truth(texts.size() + 3)).hasSize(texts.size() + 3);
        owner.stop();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        return metrics;
    }

    private void say(String text) {
        texts.add(text);
        lab.publish(lab.sends(1, text));
    }

    private PartitionOwner start(SequencerMetrics metrics) {
        PartitionOwner owner = lab.owner(lab.settings(Duration.ofDays(1)), metrics);
        owner.start();
        return owner;
    }
}
