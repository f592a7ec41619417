package kontor.adapter.spool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Observation;
import kontor.vocabulary.RunId;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the file spool costs: appends with nobody reading, reading all of it back from disk, and
 * both at once. No test: {@code ADR 0007} has the figures of one run. Arguments: a directory that
 * does not exist yet, bytes of a message, events.
 */
@SuppressWarnings("SystemOut")
final class SpoolBench {

    private static final CapturedEvent EVENT =
            new CapturedEvent(1, 1, 0, new Observation.RunStopped());

    private final Path directory;
    private final byte[] message;
    private final int events;

    private SpoolBench(Path directory, int messageBytes, int events) {
        this.directory = directory;
        this.message = new byte[messageBytes];
        this.events = events;
        new Random(1).nextBytes(message);
    }

    public static void main(String... arguments) throws Exception {
        SpoolBench bench =
                new SpoolBench(
                        Path.of(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]));
        System.out.println("warm-up, then the figures:");
        bench.run(Duration.ZERO);
        bench.run(Duration.ZERO);
        bench.run(Duration.ofMillis(200));
    }

    private void run(Duration forceInterval) throws Exception {
        Histogram appends = new Histogram(10_000_000_000L, 3);
        try (FileSpool spool = open(1, forceInterval)) {
            spool.start();
            long begin = System.nanoTime();
            for (int i = 1; i <= events; i++) {
                long before = System.nanoTime();
                spool.append(new CapturedEvent(i, 1, 0, EVENT.what()));
                appends.recordValue(System.nanoTime() - before);
            }
            report("append only, force " + forceInterval, begin, appends);
        }
        try (FileSpool spool = open(2, forceInterval)) {
            spool.start();
            spool.end();
            long begin = System.nanoTime();
            readAll(spool);
            report("read back", begin, null);
        }
        try (FileSpool spool = open(3, forceInterval)) {
            spool.start();
            Thread reader =
                    Thread.ofPlatform().name("kontor-bench-reader").start(() -> read(spool));
            appends.reset();
            long begin = System.nanoTime();
            for (int i = 1; i <= events; i++) {
                long before = System.nanoTime();
                spool.append(new CapturedEvent(i, 1, 0, EVENT.what()));
                appends.recordValue(System.nanoTime() - before);
            }
            spool.end();
            reader.join();
            report("append while another thread takes and acknowledges", begin, appends);
        }
        Files.deleteIfExists(directory.resolve("lock"));
        Files.deleteIfExists(directory.resolve("acknowledged"));
    }

    private FileSpool open(int run, Duration forceInterval) throws SpoolException {
        return FileSpool.open(
                new FileSpoolSettings(
                        directory,
                        new SpoolBounds(1L << 40, 1L << 41, 1L << 42),
                        16 << 20,
                        8 << 20,
                        forceInterval),
                new RunId(new UUID(0, run)),
                _ -> message);
    }

    private static void read(FileSpool spool) {
        try {
            readAll(spool);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readAll(FileSpool spool) throws InterruptedException {
        for (var next = spool.take(); next.isPresent(); next = spool.take()) {
            spool.acknowledge(next.get().place());
        }
    }

    private void report(String what, long beginNanos, @Nullable Histogram appends) {
        double seconds = (System.nanoTime() - beginNanos) / 1e9;
        System.out.printf(
                "%-60s %,9.0f events/s %6.1f MB/s",
                what, events / seconds, events / seconds * message.length / 1e6);
        if (appends != null) {
            System.out.printf(
                    "   per append us: mean %.1f p50 %.1f p99 %.1f p99.9 %.1f max %.0f",
                    appends.getMean() / 1e3,
                    appends.getValueAtPercentile(50) / 1e3,
                    appends.getValueAtPercentile(99) / 1e3,
                    appends.getValueAtPercentile(99.9) / 1e3,
                    appends.getMaxValue() / 1e3);
        }
        System.out.println();
    }
}
