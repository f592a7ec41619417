package kontor.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Wireshark's own program reads in a capture. */
final class Tshark {

    private Tshark() {}

    /** The values of some fields in each frame that a display filter finds, separated by tabs. */
    static List<String> fields(Path file, String filter, String... fields)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("tshark", "-r", file.toString(), "-Y", filter, "-T", "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> lines =
                new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
