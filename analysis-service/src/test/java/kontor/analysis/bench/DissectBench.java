package kontor.analysis.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kontor.analysis.Captures;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.anno.AnnoAnalyzer;
import kontor.analysis.anno.Limits;
import kontor.analysis.dissect.Field;
import kontor.captures.reading.CaptureFile;
import kontor.captures.reading.Packet;
import kontor.captures.reading.PacketSource;
import kontor.captures.writing.EthernetFrames;
import kontor.captures.writing.PacketOptions;
import kontor.captures.writing.PacketOptions.Direction;
import kontor.captures.writing.PcapngBlocks;
import kontor.vocabulary.Bytes;

/**
 * Dissects a capture of 100 MB, file to fields, as {@code tshark -T fields} does in the same run:
 * the example's DirectPlay messages as datagrams, again and again. The argument is the number of
 * megabytes.
 */
public final class DissectBench {

    private static final int ROUNDS = 3;
    private static final Limits LIMITS = new Limits(2 << 20, 65_536, 1 << 20, 100_000);

    private long messages;
    private long commands;
    private long fields;

    private DissectBench() {}

    public static void main(String... arguments) throws Exception {
        int megabytes = arguments.length == 0 ? 100 : Integer.parseInt(arguments[0]);
        Path file = Files.createTempFile("kontor-bench-", ".pcapng");
        try {
            long datagrams = write(file, (long) megabytes << 20);
            System.out.printf("%,d bytes, %,d datagrams%n", Files.size(file), datagrams);
            double best = Double.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                DissectBench bench = new DissectBench();
                long begin = System.nanoTime();
                long processor = processorNanos();
                bench.dissect(file);
                double used = (processorNanos() - processor) / 1e9;
                best = Math.min(best, used);
                System.out.printf(
                        "kontor %.2f s, processor %.2f s: %,d messages, %,d commands, %,d fields%n",
                        (System.nanoTime() - begin) / 1e9,
                        used,
                        bench.messages,
                        bench.commands,
                        bench.fields);
            }
            tshark(file, best);
        } finally {
            Files.delete(file);
        }
    }

    private static long write(Path file, long bytes) throws IOException {
        InetSocketAddress one = new InetSocketAddress(InetAddress.ofLiteral("127.1.0.1"), 2350);
        InetSocketAddress other = new InetSocketAddress(InetAddress.ofLiteral("127.1.0.2"), 2350);
        List<Bytes> payloads = Captures.example().stream().map(Captures.Frame::payload).toList();
        long written = 0;
        int count = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(PcapngBlocks.section("bench", "").toByteArray());
            out.write(PcapngBlocks.describe("game1", "").toByteArray());
            while (written < bytes) {
                Bytes payload = payloads.get(count % payloads.size());
                byte[] packet =
                        PcapngBlocks.packet(
                                        0,
                                        100_000L * count++,
                                        EthernetFrames.udp(one, other, payload, false),
                                        PacketOptions.of(Direction.OUTBOUND, count))
                                .toByteArray();
                out.write(packet);
                written += packet.length;
            }
        }
        return count;
    }

    private void dissect(Path file) throws Exception {
        SessionAnalysis session = new AnnoAnalyzer("bench", LIMITS).open(List.of());
        Route route = new Route("game1", "game2");
        long[] sequence = {0};
        new PacketSource(CaptureFile.source(file))
                .read(packet -> {
                    if (packet instanceof Packet.Udp udp) {
                        session.on(
                                        new SessionInput.Datagram(
                                                ++sequence[0], 1, route, udp.payload()))
                                .forEach(this::count);
                    }
                });
    }

    private void count(Message message) {
        messages++;
        count(message.fields());
    }

    private void count(List<Field> some) {
        for (Field field : some) {
            fields++;
            commands += field.name().equals("dplay.command") ? 1 : 0;
            count(field.children());
        }
    }

    /** Of this thread: other load on the machine does not count. */
    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void tshark(Path file, double best) throws Exception {
        long begin = System.nanoTime();
        Process process =
                new ProcessBuilder(
                                "tshark",
                                "-n",
                                "-r",
                                file.toString(),
                                "-T",
                                "fields",
                                "-e",
                                "frame.number",
                                "-e",
                                "dplay.command",
                                "-e",
                                "dplay.size",
                                "-e",
                                "dplay.saddr.ip")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long lines = 0;
        Duration processor = Duration.ZERO;
        byte[] buffer = new byte[1 << 12];
        var output = process.getInputStream();
        for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
            for (int i = 0; i < n; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
            processor = process.info().totalCpuDuration().orElse(processor);
        }
        double used = processor.toMillis() / 1e3;
        System.out.printf(
                "tshark %.2f s, processor %.2f s: %,d lines; %.1f times kontor's best%n",
                (System.nanoTime() - begin) / 1e9, used, lines, used / best);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("tshark failed");
        }
    }
}
