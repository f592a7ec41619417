package kontor.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** With processes of this machine. */
final class BusyLoopsIT {

    @Test
    void loopsRunUntilTheyAreClosed() throws Exception {
        List<ProcessHandle> running;
        try (BusyLoops loops = BusyLoops.start(2)) {
            running = loops.running();
            assertThat(running).hasSize(2).allMatch(ProcessHandle::isAlive);
        }
        assertThat(running).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void noneIsFine() throws Exception {
        try (BusyLoops loops = BusyLoops.start(0)) {
            assertThat(loops.running()).isEmpty();
        }
        assertThatThrownBy(() -> BusyLoops.start(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
