package kontor.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kontor.adapter.kafka.EventEncoder;
import kontor.adapter.spool.FileSpool;
import kontor.adapter.spool.FileSpoolSettings;
import kontor.adapter.spool.SpoolBounds;
import kontor.adapter.spool.SpoolException;
import kontor.adapter.spool.SpooledEvent;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A captured datagram goes into the spool on disk, is taken, and is forgotten. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpoolBenchmark {

    private static final long MEGABYTE = 1024 * 1024;

    private final Bytes payload = Bytes.owning(new byte[200]);
    private @Nullable Path directory;
    private @Nullable FileSpool spool;
    private long sequence;

    @Setup
    public void open() throws IOException, SpoolException {
        directory = Files.createTempDirectory("kontor-spool");
        sequence = 0;
        spool =
                FileSpool.open(
                        new FileSpoolSettings(
                                directory,
                                new SpoolBounds(MEGABYTE, 64 * MEGABYTE, 1024 * MEGABYTE),
                                16 * MEGABYTE,
                                4 * MEGABYTE,
                                Duration.ZERO),
                        CapturedPackets.RUN.run(),
                        new EventEncoder(CapturedPackets.RUN));
        spool.start();
    }

    @Benchmark
    public SpooledEvent appendTakeAcknowledge() throws InterruptedException {
        FileSpool open = requireNonNull(spool);
        open.append(CapturedPackets.datagram(++sequence, payload));
        SpooledEvent taken = open.take().orElseThrow();
        open.acknowledge(taken.place());
        return taken;
    }

    @TearDown
    public void close() throws IOException {
        requireNonNull(spool).close();
        List<Path> files;
        try (Stream<Path> all = Files.walk(requireNonNull(directory))) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
