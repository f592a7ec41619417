package kontor.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the processes of this machine. */
final class OwnSessionIT {

    @Test
    void whatStepsBackDoesNotTakeUsAlong() throws IOException, InterruptedException {
        int before = ProcessTable.groupNiceness();

        assertThat(outputOf(OwnSession.words(19))).isEqualTo("two words,$HOME");
        assertThat(ProcessTable.groupNiceness()).isEqualTo(before);
    }

    @Test
    void whatDoesNotStepBackIsStartedWithoutAShell() {
        assertThat(OwnSession.words(0)).isEqualTo(OwnSession.words());
    }

    private static String outputOf(List<String> before) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("printf", "%s,%s", "two words", "$HOME"));
        Process process = new ProcessBuilder(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
