package kontor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.orchestrator.sequencer.Verdict;
import org.junit.jupiter.api.Test;

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
