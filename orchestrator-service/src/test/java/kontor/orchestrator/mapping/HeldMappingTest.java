package kontor.orchestrator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import kontor.orchestrator.sequencer.Held;
import kontor.orchestrator.sequencer.LabCheckpoint;
import kontor.orchestrator.sequencer.Waiting;
import kontor.state.v1.Lab;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.api.Test;

final class HeldMappingTest {

    @Test
    void whatACheckpointSaysOfWhatWaitsForRulesInJavaIsReadAgain() {
        InstanceName game1 = new InstanceName("game1");
        InstanceName game2 = new InstanceName("game2");
        Held held =
                new Held(
                        7,
                        Held.Kind.DATAGRAM,
                        new Held.Lane(game1, 2350, game2, 2350, null),
                        "half price",
                        Waiting.Reason.CODE,
                        1_000_005,
                        1,
                        Bytes.ofHex("0102"),
                        0,
                        0,
                        5,
                        4,
                        new SessionId(new UUID(1, 2)),
                        9,
                        List.of("half price", "checksum"));
        LabCheckpoint.Waits waits =
                new LabCheckpoint.Waits(List.of(held), 8, List.of(), List.of(), List.of(), 0, null);

        Lab.Builder written = Lab.newBuilder();
        HeldMapping.write(waits, written);

        assertThat(HeldMapping.waits(written.build())).isEqualTo(waits);
    }
}
