package kontor.captures.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;

/** Asks Wireshark's own programs about a capture. */
final class Tshark {

    private static final List<String> STRICT =
            List.of(
                    "-o",
                    "ip.check_checksum:TRUE",
                    "-o",
                    "tcp.check_checksum:TRUE",
                    "-o",
                    "udp.check_checksum:TRUE");

    private final Path file;

    Tshark(Bytes capture) {
        try {
            file = Files.createTempFile("kontor-", ".pcapng");
            file.toFile().deleteOnExit();
            Files.write(file, capture.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values of some fields in each frame that a display filter finds, separated by tabs. */
    List<String> fields(String filter, String... fields) {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
        command.addAll(STRICT);
        command.addAll(List.of("-Y", filter, "-T", "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        return run(command);
    }

    /** What is wrong with it in Wireshark's eyes. */
    List<String> complaints() {
        return fields(
                "_ws.malformed || tcp.analysis.flags || tcp.analysis.lost_segment"
                        + " || ip.checksum.status == 0 || tcp.checksum.status == 0"
                        + " || udp.checksum.status == 0",
                "frame.number",
                "_ws.col.Info",
                "_ws.expert.message");
    }

    List<String> follow(String protocol, int stream) {
        return run(
                List.of(
                        "tshark",
                        "-r",
                        file.toString(),
                        "-q",
                        "-z",
                        "follow,%s,raw,%d".formatted(protocol, stream)));
    }

    List<String> capinfos() {
        return run(List.of("capinfos", "-M", file.toString()));
    }

    private static List<String> run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            List<String> lines =
                    new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " ended with " + status);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
