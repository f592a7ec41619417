package kontor.captures.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real capture, two games meeting in a lobby; it lies outside of the repository. */
public final class LobbyCapture {

    public static final InetAddress JOINER = InetAddress.ofLiteral("10.20.0.2");
    public static final InetAddress HOST = InetAddress.ofLiteral("10.30.0.2");

    private LobbyCapture() {}

    /** Missing, it skips the test, or fails it with -Dkontor.shared.required=true. */
    public static Path file() {
        Path file =
                Path.of(
                        System.getProperty("kontor.shared", "../shared"),
                        "captures",
                        "anno1602-lobby-2023-04-26.pcapng");
        if (Boolean.getBoolean("kontor.shared.required")) {
            assertThat(file).exists();
        }
        assumeTrue(Files.exists(file), () -> "the real captures are not in " + file.getParent());
        return file;
    }

    public static Capture read() throws IOException, CaptureException {
        return CaptureFile.read(file());
    }
}
