package kontor.adapter.game;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32C;
import kontor.adapter.capture.Observation;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.WindowBounds;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The end-to-end window (ADR 0020) on real sockets. */
@ParameterizedClass(name = "native transport: {0}")
@ValueSource(booleans = {true, false})
@Timeout(60)
final class FlowWindowIT {

    private static final int WINDOW = 100_000;
    private static final int ONE_READ = 64 * 1024;
    private static final Duration EVER = Duration.ofDays(1);

    private final boolean nativeTransport;

    FlowWindowIT(boolean nativeTransport) {
        this.nativeTransport = nativeTransport;
    }

    @Test
    void aGameThatWritesWithoutEndIsReadOnlyAsFarAsItsWindowAllows() throws Exception {
        try (EdgeUnderTest edge = edge(EVER);
                Socket game = connect(edge)) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            Bytes much = random(3_000_000);
            Thread writer = writer(game, much);
            CRC32C crc = new CRC32C();
            long confirmed = 0;
            long read = 0;
            while (read < much.length()) {
                while (read < Math.min(confirmed + WINDOW, much.length())) {
                    Observation.FlowData data = edge.next(Observation.FlowData.class);
                    crc.update(data.payload().toByteArray());
                    read += data.payload().length();
                }
                assertThat(read - confirmed).isLessThan(WINDOW + ONE_READ);
                if (confirmed == 0) {
                    // What is seen next is a connection, though there is much to read in the first.
                    connect(edge).close();
                    edge.next(Observation.FlowOpened.class);
                    edge.next(Observation.FlowHalfClosed.class);
                }
                confirmed = read;
                edge.command(new Action.ExtendWindow(flow, confirmed));
            }
            writer.join();
            assertThat((int) crc.getValue()).isEqualTo(much.crc32c());
        }
    }

    @Test
    void whatTheGamesSystemTookIsConfirmedUnlessItIsLittle() throws Exception {
        try (EdgeUnderTest edge = edge(EVER);
                Socket game = connect(edge)) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            Bytes chunk = random(WINDOW / 2 - 1);
            edge.command(new Action.Write(flow, chunk, chunk.crc32c(), chunk.length()));
            edge.receipt();
            edge.command(new Action.Write(flow, chunk, chunk.crc32c(), 2L * chunk.length()));
            edge.receipt();
            assertThat(edge.next(Observation.FlowConfirmed.class))
                    .isEqualTo(new Observation.FlowConfirmed(flow, 2L * chunk.length()));
            assertThat(game.getInputStream().readNBytes(2 * chunk.length()))
                    .hasSize(2 * chunk.length());
        }
    }

    @Test
    void withoutAnyConfirmationAllArrivesInTime() throws Exception {
        try (EdgeUnderTest edge = edge(Duration.ofMillis(20));
                Socket game = connect(edge)) {
            edge.next(Observation.FlowOpened.class);
            Bytes much = random(1_000_000);
            Thread writer = writer(game, much);
            CRC32C crc = new CRC32C();
            for (long read = 0; read < much.length(); ) {
                Bytes payload = edge.next(Observation.FlowData.class).payload();
                crc.update(payload.toByteArray());
                read += payload.length();
            }
            writer.join();
            assertThat((int) crc.getValue()).isEqualTo(much.crc32c());
        }
    }

    private EdgeUnderTest edge(Duration patience) throws Exception {
        WindowBounds window = EdgeUnderTest.window(WINDOW, patience);
        return new EdgeUnderTest(nativeTransport, window);
    }

    private static Socket connect(EdgeUnderTest edge) throws IOException {
        Socket game = new Socket();
        game.bind(new InetSocketAddress(edge.game, 0));
        game.connect(new InetSocketAddress(edge.peer, edge.port));
        return game;
    }

    private static Thread writer(Socket game, Bytes payload) {
        return Thread.ofPlatform()
                .name("kontor-test-game")
                .start(() -> {
                    try {
                        game.getOutputStream().write(payload.toByteArray());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static Bytes random(int length) {
        byte[] array = new byte[length];
        new Random(length).nextBytes(array);
        return Bytes.owning(array);
    }
}
