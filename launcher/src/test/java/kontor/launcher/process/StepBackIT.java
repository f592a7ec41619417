package kontor.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** With the processes of this machine. Where its kernel has no groups, all of them have 0. */
final class StepBackIT {

    private static final boolean HAS_GROUPS = Files.isWritable(Path.of("/proc/self/autogroup"));

    @Test
    void childrenOfOtherSessionsStepBackByThemselves() throws IOException, InterruptedException {
        int own = ProcessTable.groupNiceness();
        List<String> command = new ArrayList<>(OwnSession.words());
        command.addAll(List.of("/bin/sh", "-c", "setsid sleep 60 & setsid sleep 60 & wait"));
        Process parent = new ProcessBuilder(command).start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ProcessTable.children(parent.pid()).size() == 2);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        StepBack.stepChildren(parent.pid(), 19);
                        assertThat(ProcessTable.children(parent.pid()))
                                .extracting(ProcessTable::groupNiceness)
                                .containsOnly(HAS_GROUPS ? 19 : 0);
                    });
            assertThat(ProcessTable.groupNiceness()).isEqualTo(own);
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
        }
    }

    @Test
    void aProcessWithoutChildrenHasNone() throws IOException {
        Process sleeper = new ProcessBuilder("/bin/sleep", "60").start();
        try {
            assertThat(ProcessTable.children(sleeper.pid())).isEmpty();
        } finally {
            sleeper.destroyForcibly();
        }
    }
}
