package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.launcher.figures.Processes;
import kontor.players.bench.BenchSettings;
import kontor.players.bench.ProcessorTime;
import kontor.players.figures.FigureBench;
import kontor.players.figures.Guard;
import kontor.players.figures.RelayFigures;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The short form of the benchmark: the lab beside two bare Kafka hops of the same half minute. Only
 * ratios are judged, and only what is twice as bad as recorded in every round.
 */
@Timeout(180)
class RegressionsE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();

    @Test
    void theLabIsNotTwiceAsFarFromTwoBareKafkaHopsAsItWas() throws Exception {
        FigureBench.Outcome outcome =
                new RelayFigures(
                                STACK.lab(),
                                STACK.stack().kafkaServers(),
                                RelayFigures.shortly(BenchSettings.STANDARD.port()),
                                ProcessorTime.of(
                                        () -> Processes.withOwn(STACK.stack().state(), "bench")))
                        .run(Progress.NONE);

        assertThat(outcome.problems()).isEmpty();
        assertThat(Guard.RECORDED.regressions(outcome.figures())).isEmpty();
    }
}
