package kontor.orchestrator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.LongStream;
import kontor.log.CheckpointFormat;
import kontor.orchestrator.ownership.Checkpoint;
import kontor.orchestrator.ownership.CrashingLab;
import kontor.orchestrator.ownership.CrashingLab.Weather;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.RandomInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CheckpointMappingTest {

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void checkpointThatIsWrittenIsReadAgain(long seed) {
        PartitionLog log = new PartitionLog();
        CrashingLab lab = new CrashingLab(seed, RandomInput.of(seed, 200));
        for (LogRecord record : lab.run(Weather.CRASHES_AND_SESSIONS).history()) {
            log.fold(record);
            Optional<Checkpoint> checkpoint = log.checkpoint();
            checkpoint.ifPresent(taken ->
                    assertThat(CheckpointMapping.read(CheckpointMapping.write(taken, 1, 2)))
                            .isEqualTo(taken));
        }
    }

    @Test
    void checkpointOfAnotherFormatIsNotRead() {
        var other =
                kontor.state.v1.Checkpoint.newBuilder()
                        .setFormat(CheckpointFormat.VERSION + 1)
                        .build();
        assertThatThrownBy(() -> CheckpointMapping.read(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format");
    }
}
