package kontor.captures.reading;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import kontor.vocabulary.InstanceName;

/** The capture of three stand-in games that is part of the repository. */
public final class ExampleCapture {

    private static final Path DIRECTORY =
            Path.of(System.getProperty("kontor.examples", "../examples"));

    private ExampleCapture() {}

    public static Path file() {
        return DIRECTORY.resolve("three-games.pcapng");
    }

    /** What tshark finds in it. */
    public static Path oracle() {
        return DIRECTORY.resolve("three-games.tshark.json");
    }

    public static Capture read() throws IOException, CaptureException {
        return CaptureFile.read(file());
    }

    /** Which address is which game. */
    public static Map<InetAddress, InstanceName> games() {
        Map<InetAddress, InstanceName> games = new LinkedHashMap<>();
        for (int i = 1; i <= 3; i++) {
            games.put(
                    InetAddress.ofLiteral("127.%d.0.%d".formatted(i, i)),
                    new InstanceName("game" + i));
        }
        return games;
    }
}
