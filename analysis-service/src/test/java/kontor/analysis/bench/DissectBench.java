package kontor.analysis.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kontor.analysis.Captures;
import kontor.captures.reading.CaptureFile;
import kontor.captures.reading.Packet;
import kontor.captures.reading.PacketSource;
import kontor.captures.writing.EthernetFrames;
import kontor.captures.writing.PacketOptions;
import kontor.captures.writing.PacketOptions.Direction;
import kontor.captures.writing.PcapngBlocks;
import kontor.vocabulary.Bytes;

/**
 * Dissects a capture of 100 MB, file to fields, and {@code tshark -T fields} does the same, in
 * turns: the example's DirectPlay messages as datagrams of eight flows of as many labs, again and
 * again. Once with one thread, and once with a reader and a thread for each processor, which tshark
 * may use as well. The arguments are the number of megabytes and of rounds.
 */
public final class DissectBench {

    private static final int FLOWS = 8;
    private static final int WARM_UP = 2;

    /** Seconds. */
    private record Used(double clock, double processor) {}

    private DissectBench() {}

    public static void main(String... arguments) throws Exception {
        int megabytes = arguments.length == 0 ? 100 : Integer.parseInt(arguments[0]);
        int rounds = arguments.length < 2 ? 5 : Integer.parseInt(arguments[1]);
        Path file = Files.createTempFile("kontor-bench-", ".pcapng");
        try {
            long datagrams = write(file, (long) megabytes << 20);
            System.out.printf(
                    "%,d bytes, %,d datagrams, %d processors%n",
                    Files.size(file), datagrams, Runtime.getRuntime().availableProcessors());
            for (int i = 0; i < WARM_UP; i++) {
                dissect(file, 0);
                dissect(file, processors());
            }
            Map<String, List<Double>> ratios = new LinkedHashMap<>();
            for (int i = 0; i < rounds; i++) {
                Used one = dissect(file, 0);
                Used all = dissect(file, processors());
                Used tshark = tshark(file, datagrams);
                System.out.printf(
                        "one thread %s, all %s, tshark %s%n",
                        shown(one), shown(all), shown(tshark));
                add(ratios, "by the clock, one thread", tshark.clock / one.clock);
                add(ratios, "by the clock, all processors", tshark.clock / all.clock);
                add(ratios, "by processor time", tshark.processor / one.processor);
            }
            ratios.forEach(DissectBench::print);
        } finally {
            Files.delete(file);
        }
    }

    private static void add(Map<String, List<Double>> ratios, String what, double ratio) {
        ratios.computeIfAbsent(what, _ -> new ArrayList<>()).add(ratio);
    }

    private static void print(String what, List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        System.out.printf(
                "%.1f times as fast as tshark %s (median of %d rounds, %.1f to %.1f)%n",
                sorted.get(sorted.size() / 2),
                what,
                sorted.size(),
                sorted.getFirst(),
                sorted.getLast());
    }

    private static int processors() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    private static String shown(Used used) {
        return "%.2f s (processor %.2f s)".formatted(used.clock, used.processor);
    }

    private static long write(Path file, long bytes) throws IOException {
        List<InetSocketAddress> ones = new ArrayList<>();
        List<InetSocketAddress> others = new ArrayList<>();
        for (int i = 0; i < FLOWS; i++) {
            ones.add(new InetSocketAddress(InetAddress.ofLiteral("127.1." + i + ".1"), 2350));
            others.add(new InetSocketAddress(InetAddress.ofLiteral("127.1." + i + ".2"), 2350));
        }
        List<Bytes> payloads = Captures.example().stream().map(Captures.Frame::payload).toList();
        long written = 0;
        int count = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(PcapngBlocks.section("bench", "").toByteArray());
            out.write(PcapngBlocks.describe("game1", "").toByteArray());
            while (written < bytes) {
                Bytes payload = payloads.get(count % payloads.size());
                int flow = count / payloads.size() % FLOWS;
                byte[] packet =
                        PcapngBlocks.packet(
                                        0,
                                        100_000L * count++,
                                        EthernetFrames.udp(
                                                ones.get(flow), others.get(flow), payload, false),
                                        PacketOptions.of(Direction.OUTBOUND, count))
                                .toByteArray();
                out.write(packet);
                written += packet.length;
            }
        }
        return count;
    }

    /**
     * @param threads 0: no other than this one
     */
    private static Used dissect(Path file, int threads) throws Exception {
        long begin = System.nanoTime();
        long processor = processorNanos();
        try (LabDissectors labs = new LabDissectors(FLOWS, threads)) {
            new PacketSource(CaptureFile.source(file))
                    .read(packet -> {
                        if (packet instanceof Packet.Udp udp) {
                            labs.on(udp.source().getAddress().getAddress()[2], udp.payload());
                        }
                    });
            labs.finish();
            Used used =
                    new Used(
                            (System.nanoTime() - begin) / 1e9,
                            (processorNanos() - processor) / 1e9);
            System.out.printf("kontor: %s, %s%n", labs, shown(used));
            return used;
        }
    }

    /** Of the whole process, its collector and compilers too. */
    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Used tshark(Path file, long datagrams) throws Exception {
        long begin = System.nanoTime();
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "tshark -n -r \"$0\" -T fields -e frame.number -e dplay.command"
                                        + " -e dplay.size -e dplay.saddr.ip | wc -l; times",
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        List<String> lines;
        try (InputStream output = process.getInputStream()) {
            lines = new String(output.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        double clock = (System.nanoTime() - begin) / 1e9;
        if (process.waitFor() != 0 || Long.parseLong(lines.getFirst().strip()) != datagrams) {
            throw new IllegalStateException("tshark failed: " + lines);
        }
        // The last line of 'times' is of the children: 0m6.350000s 0m0.180000s.
        double used =
                Pattern.compile(" ")
                        .splitAsStream(lines.getLast().strip())
                        .mapToDouble(DissectBench::seconds)
                        .sum();
        return new Used(clock, used);
    }

    private static double seconds(String text) {
        int minutes = text.indexOf('m');
        return 60 * Double.parseDouble(text.substring(0, minutes))
                + Double.parseDouble(text.substring(minutes + 1).replace("s", ""));
    }
}
