package kontor.adapter.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;

final class EventStampTest {

    private final EventStamp stamp = new EventStamp();

    @Test
    void sequencesRiseByOneAndTimesNeverFall() {
        assertThat(stamp.stamp(new Observation.RunStopped(), 500).sequence()).isEqualTo(1);
        CapturedEvent setBack = stamp.stamp(new Observation.RunStopped(), 400);
        assertThat(setBack.sequence()).isEqualTo(2);
        assertThat(setBack.capturedAtMicros()).isEqualTo(500);
        assertThat(stamp.stamp(new Observation.RunStopped(), 501).capturedAtMicros())
                .isEqualTo(501);
    }

    @Test
    void thePayloadIsSummed() {
        Bytes payload = Bytes.copyOf("123456789".getBytes(UTF_8));
        FlowReference flow = new FlowReference(new RunId(new UUID(0, 1)), 1);
        CapturedEvent event = stamp.stamp(new Observation.FlowData(flow, 0, payload), 1);
        assertThat(event.payloadCrc32c()).as("the check value of CRC-32C").isEqualTo(0xE3069283);
        assertThat(stamp.stamp(new Observation.RunStopped(), 1).payloadCrc32c()).isZero();
        assertThat(stamp.payloadBytes()).isEqualTo(9);
    }
}
