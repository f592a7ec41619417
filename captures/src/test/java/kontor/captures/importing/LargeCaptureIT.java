package kontor.captures.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kontor.captures.reading.CaptureFile;
import kontor.captures.writing.EthernetFrames;
import kontor.captures.writing.PacketOptions;
import kontor.captures.writing.PacketOptions.Direction;
import kontor.captures.writing.PcapngBlocks;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture that is larger than the heap of the process that reads it. */
class LargeCaptureIT {

    private static final int PACKETS = 45_000;
    private static final int PAYLOAD = 1_400;
    private static final String HEAP = "-Xmx64m";

    private static final InetSocketAddress ONE = end("10.0.0.1", 40_000);
    private static final InetSocketAddress TWO = end("10.0.0.2", 2_300);
    private static final InetSocketAddress HOLED = end("10.0.0.1", 40_001);

    @TempDir private Path directory;

    private int frames;

    private static InetSocketAddress end(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void isImportedWholeAndWhatIsBehindAHoleIsCounted() throws Exception {
        Path file = directory.resolve("large.pcapng");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(out);
        }
        assertThat(Files.size(file)).isGreaterThan(128L << 20);

        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                HEAP,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Reader.class.getName(),
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .contains(
                        "frames " + frames,
                        "datagrams " + PACKETS,
                        "written " + (long) PACKETS * PAYLOAD,
                        "behind a hole " + (PACKETS / 2));
    }

    /** Datagrams, a stream, and one that lacks its second segment, by turns. */
    private void write(OutputStream out) throws IOException {
        out.write(PcapngBlocks.section("test", "").toByteArray());
        out.write(PcapngBlocks.describe("eth0", "").toByteArray());
        for (InetSocketAddress from : new InetSocketAddress[] {ONE, HOLED}) {
            frame(out, tcp(from, TWO, 99, 0, EthernetFrames.SYN, 0));
            frame(out, tcp(TWO, from, 499, 100, EthernetFrames.SYN | EthernetFrames.ACK, 0));
        }
        for (int i = 0; i < PACKETS; i++) {
            frame(out, EthernetFrames.udp(ONE, TWO, payload(PAYLOAD, i), false));
            frame(out, tcp(ONE, TWO, 100 + i * PAYLOAD, 500, EthernetFrames.ACK, PAYLOAD));
            if (i % 2 == 0) {
                // The first one is missing.
                int sequence = 100 + (i / 2 + 1) * PAYLOAD;
                frame(out, tcp(HOLED, TWO, sequence, 500, EthernetFrames.ACK, PAYLOAD));
            }
        }
    }

    private static Bytes tcp(
            InetSocketAddress from,
            InetSocketAddress to,
            int sequence,
            int acknowledged,
            int flags,
            int length) {
        return EthernetFrames.tcp(
                from, to, sequence, acknowledged, flags, payload(length, sequence));
    }

    private static Bytes payload(int length, int seed) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (seed + i);
        }
        return Bytes.owning(payload);
    }

    private void frame(OutputStream out, Bytes frame) throws IOException {
        out.write(
                PcapngBlocks.packet(
                                0,
                                1_000_000L * frames++,
                                frame,
                                PacketOptions.of(Direction.OUTBOUND, frames))
                        .toByteArray());
    }

    /** The process with the small heap. */
    static final class Reader {

        private long datagrams;
        private long written;

        public static void main(String... arguments) throws Exception {
            new Reader().read(Path.of(arguments[0]));
        }

        private void read(Path file) throws Exception {
            ImportPlanner planner = new ImportPlanner(CaptureFile.source(file), Map.of());
            ImportAccount account =
                    planner.tell(deed -> {
                        if (deed instanceof ImportedDeed.Sent) {
                            datagrams++;
                        } else if (deed instanceof ImportedDeed.Wrote wrote) {
                            written += wrote.payload().length();
                        }
                    });
            System.out.println("frames " + account.frames());
            System.out.println("datagrams " + datagrams);
            System.out.println("written " + written);
            account.rows().stream()
                    .filter(row -> row.what().startsWith("behind a hole"))
                    .forEach(row -> System.out.println("behind a hole " + row.frames()));
        }
    }
}
