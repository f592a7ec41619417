package kontor.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProcessorTimeTest {

    @Test
    void whatStepsBackIsNotCountedAsBusy() {
        ProcessorTime time =
                ProcessorTime.of(
                        """
                        cpu  100 2000 30 4000 50 6 7 8 0 0
                        cpu0 50 1000 15 2000 25 3 3 4 0 0
                        """);

        assertThat(time).isEqualTo(new ProcessorTime(113, 6201));
    }
}
