package kontor.gateway.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.sessions.v1.SessionEvent;
import kontor.state.v1.Checkpoint;
import kontor.state.v1.Mark;
import kontor.topics.Topics;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

    private static final TopicPartition LOG = new TopicPartition(Topics.SESSION_EVENTS, 3);
    private static final SessionEvent RECORD =
            SessionEvent.newBuilder().setLab("lab").setSessionSequence(7).setOwnerEpoch(2).build();

    private final Checkpoint checkpoint =
            Checkpoint.newBuilder()
                    .setPartition(3)
                    .setOffset(40)
                    .setLast(Mark.newBuilder().setLab("lab").setSessionSequence(7).setOwnerEpoch(2))
                    .build();
    private final Checkpoints checkpoints = new Checkpoints(List.of(checkpoint));

    @Test
    void theLogIsReadFromTheRecordOfTheCheckpointOn() {
        assertThat(checkpoints.from(LOG, 10, 900, 800)).isEqualTo(40);
        assertThat(checkpoints.from(LOG, 10, 900, 20)).as("further back").isEqualTo(20);
        assertThat(checkpoints.from(new TopicPartition(Topics.CONTROL, 3), 0, 900, 800))
                .isEqualTo(800);
        assertThat(checkpoints.from(new TopicPartition(Topics.SESSION_EVENTS, 4), 0, 900, 800))
                .isEqualTo(800);
    }

    @Test
    void aCheckpointIsHandedOutOnceBehindItsRecord() {
        assertThat(checkpoints.at(3, 39, RECORD)).isEmpty();
        assertThat(checkpoints.at(4, 40, RECORD)).isEmpty();
        assertThat(checkpoints.at(3, 40, RECORD)).contains(checkpoint);
        assertThat(checkpoints.at(3, 40, RECORD)).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherLogIsNotUsed() {
        assertThat(checkpoints.at(3, 40, RECORD.toBuilder().setLab("other").build())).isEmpty();
        assertThat(checkpoints.at(3, 41, RECORD)).isEmpty();

        Checkpoints ofALongerLog = new Checkpoints(List.of(checkpoint));
        assertThat(ofALongerLog.from(LOG, 0, 40, 30)).isEqualTo(30);
        assertThat(ofALongerLog.at(3, 40, RECORD)).isEmpty();
        assertThat(new Checkpoints(List.of(checkpoint)).from(LOG, 41, 900, 800)).isEqualTo(800);
    }
}
