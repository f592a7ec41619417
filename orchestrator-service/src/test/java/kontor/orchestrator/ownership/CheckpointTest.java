package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import kontor.orchestrator.ownership.CrashingLab.Weather;
import kontor.orchestrator.ownership.PartitionLog.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Going on from a checkpoint comes to what folding all comes to, wherever it is taken. */
final class CheckpointTest {

    private static final int LENGTH = 200;

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void foldingFromACheckpointIsFoldingFromTheBeginning(long seed) {
        List<LogRecord> history =
                new CrashingLab(seed, RandomInput.of(seed, LENGTH))
                        .run(Weather.CRASHES_AND_SESSIONS)
                        .history();
        PartitionLog all = new PartitionLog();
        List<Outcome> outcomes = new ArrayList<>();
        List<Optional<Checkpoint>> checkpoints = new ArrayList<>();
        for (LogRecord record : history) {
            outcomes.add(all.fold(record));
            checkpoints.add(all.checkpoint());
        }
        int taken = 0;
        for (int cut = 0; cut < history.size(); cut++) {
            Optional<Checkpoint> checkpoint = checkpoints.get(cut);
            if (checkpoint.isPresent()) {
                taken++;
                PartitionLog resumed = PartitionLog.of(checkpoint.get());
                List<Outcome> rest =
                        history.subList(cut + 1, history.size()).stream()
                                .map(resumed::fold)
                                .toList();
                assertThat(rest).isEqualTo(outcomes.subList(cut + 1, outcomes.size()));
                assertThat(resumed.checkpoint()).isEqualTo(checkpoints.getLast());
            }
        }
        assertThat(taken).isGreaterThan(LENGTH / 2);
    }

    @Test
    void behindAClaimNoneIsTaken() {
        PartitionLog log = new PartitionLog();
        assertThat(log.checkpoint()).isEmpty();
        log.fold(new LogRecord.Claim("owner", 1, 1));
        assertThat(log.checkpoint()).isEmpty();
    }
}
