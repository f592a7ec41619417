package kontor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured does what it is said to do. */
final class BenchmarksTest {

    @Test
    void theSequencerRelaysTheDatagram() {
        SequencerBenchmark benchmark = new SequencerBenchmark();
        benchmark.begin();
        benchmark.decideAndFold();

        assertThat(benchmark.decideAndFold().events())
                .singleElement()
                .matches(event -> event.verdict() == Verdict.RELAYED)
                .matches(event -> event.deliveries().size() == 1);
    }

    @ParameterizedTest
    @EnumSource(RulesBenchmark.Rules.class)
    void noneOfTheHundredRulesChangesAnything(RulesBenchmark.Rules rules) {
        RulesBenchmark benchmark = new RulesBenchmark();
        benchmark.with(rules);
        assertThat(benchmark.ruleCount()).isEqualTo(rules == RulesBenchmark.Rules.NONE ? 0 : 100);
        benchmark.datagram();

        for (Decision decision : List.of(benchmark.datagram(), benchmark.stream())) {
            assertThat(decision.events())
                    .singleElement()
                    .matches(event -> event.verdict() == Verdict.RELAYED)
                    .matches(event -> event.deliveries().size() == 1)
                    .matches(event -> event.rules().hits().isEmpty());
        }
    }

    @Test
    void theSpoolGivesWhatItWasGiven() throws Exception {
        SpoolBenchmark benchmark = new SpoolBenchmark();
        benchmark.open();
        try {
            benchmark.appendTakeAcknowledge();
            assertThat(benchmark.appendTakeAcknowledge().place().sequence()).isEqualTo(2);
        } finally {
            benchmark.close();
        }
    }

    @Test
    void theCodecReadsWhatItWrote() throws Exception {
        CodecBenchmark benchmark = new CodecBenchmark();
        benchmark.capture();

        assertThat(benchmark.decode().toByteArray()).isEqualTo(benchmark.encode());
        assertThat(benchmark.record().value()).isEqualTo(benchmark.encode());
    }
}
