package kontor.adapter.spool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Spools as crashes and bad disks leave them: whatever was written whole comes back, in order, and
 * nothing that was not written does.
 */
final class FileSpoolCrashTest {

    private static final RunId READER = new RunId(new UUID(9, 9));
    private static final int SEGMENT_BYTES = 700;

    private static final List<Logger> LOGGERS =
            Stream.of(FileSpool.class, SpoolDirectory.class)
                    .map(type -> (Logger) LoggerFactory.getLogger(type))
                    .toList();

    @TempDir private Path directory;

    /** What was appended, by where it begins in the spool. */
    private final NavigableMap<Long, SpooledEvent> appended = new TreeMap<>();

    private final NavigableMap<Long, byte[]> files = new TreeMap<>();
    private final Map<Long, String> names = new TreeMap<>();

    /** Thousands of damages, each with its line: not in a build's log. */
    @BeforeAll
    static void quiet() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @AfterAll
    static void loud() {
        LOGGERS.forEach(logger -> logger.setLevel(null));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void cutAtAnyByteAllThatWasWholeBeforeTheCutComesBack(long seed) throws Exception {
        writeLives(new Random(seed), 2);
        long lastBase = files.lastKey();
        byte[] last = files.lastEntry().getValue();
        for (int cut = 0; cut <= last.length; cut++) {
            files.put(lastBase, Arrays.copyOf(last, cut));
            long end = lastBase + cut;
            assertThat(recovered())
                    .as("seed %d, cut at byte %d", seed, cut)
                    .isEqualTo(wholeBefore(end));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void anyDamageCostsTheEventsItHitsAndNoOther(long seed) throws Exception {
        Random random = new Random(seed);
        writeLives(random, 3);
        Map<Long, byte[]> whole = new TreeMap<>(files);
        for (int round = 0; round < 150; round++) {
            files.putAll(whole);
            NavigableMap<Long, SpooledEvent> untouched = new TreeMap<>(appended);
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                hit(random, untouched);
            }
            assertThat(recovered())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(List.copyOf(untouched.values()));
        }
    }

    /** Flips a bit, or overwrites a piece, of one of the files. */
    private void hit(Random random, NavigableMap<Long, SpooledEvent> untouched) {
        long base = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
        byte[] bytes = requireNonNull(files.get(base)).clone();
        int from = random.nextInt(bytes.length);
        int length = random.nextBoolean() ? 1 : Math.min(bytes.length - from, 90);
        for (int i = from; i < from + length; i++) {
            bytes[i] ^= (byte) (1 << random.nextInt(8));
        }
        files.put(base, bytes);
        long end = base + from + length;
        untouched
                .entrySet()
                .removeIf(event ->
                        event.getKey() < end && event.getValue().place().end() > base + from);
    }

    private List<SpooledEvent> wholeBefore(long end) {
        return appended.values().stream().filter(event -> event.place().end() <= end).toList();
    }

    /** Lives of an adapter with random messages; some contain what looks like a record. */
    private void writeLives(Random random, int lives) throws Exception {
        Path origin = directory.resolve("origin");
        for (int life = 1; life <= lives; life++) {
            RunId run = new RunId(new UUID(random.nextLong(), life));
            byte[][] message = new byte[1][];
            try (FileSpool spool = open(origin, run, _ -> message[0])) {
                long start = appended.isEmpty() ? 0 : appended.lastEntry().getValue().place().end();
                for (long sequence = 1; sequence <= 12; sequence++) {
                    message[0] = randomMessage(random);
                    spool.append(SpoolContract.event(sequence));
                    SpoolPlace place =
                            new SpoolPlace(
                                    run,
                                    sequence,
                                    start + SegmentWriter.recordBytes(message[0].length));
                    appended.put(start, new SpooledEvent(place, Bytes.owning(message[0])));
                    start = place.end();
                }
            }
        }
        try (Stream<Path> paths = Files.list(origin)) {
            for (Path path : paths.toList()) {
                Optional<Segment> segment = Segment.of(path);
                if (segment.isPresent()) {
                    files.put(segment.get().base(), Files.readAllBytes(path));
                    names.put(segment.get().base(), path.getFileName().toString());
                }
            }
        }
    }

    private byte[] randomMessage(Random random) {
        byte[] message = new byte[1 + random.nextInt(120)];
        random.nextBytes(message);
        if (!appended.isEmpty() && random.nextInt(3) == 0) {
            // A record of this very spool as a payload: it is none in this place.
            Map.Entry<Long, SpooledEvent> earlier = appended.lastEntry();
            SpooledEvent event = earlier.getValue();
            RecordSeal seal = new RecordSeal(event.place().run());
            int checksum =
                    seal.of(
                            earlier.getKey(),
                            event.place().sequence(),
                            event.message().asByteBuffer());
            message =
                    ByteBuffer.allocate(RecordSeal.HEADER_BYTES + event.message().length())
                            .putInt(event.message().length())
                            .putInt(checksum)
                            .putLong(event.place().sequence())
                            .put(event.message().asByteBuffer())
                            .array();
        }
        return message;
    }

    /** What the next run finds in a directory with these files. */
    private List<SpooledEvent> recovered() throws Exception {
        Path copy = directory.resolve("copy");
        Files.createDirectories(copy);
        for (Map.Entry<Long, byte[]> file : files.entrySet()) {
            Files.write(copy.resolve(names.get(file.getKey())), file.getValue());
        }
        List<SpooledEvent> events = new ArrayList<>();
        try (FileSpool spool = open(copy, READER, _ -> new byte[1])) {
            spool.end();
            for (var next = spool.take(); next.isPresent(); next = spool.take()) {
                events.add(next.get());
            }
        }
        empty(copy);
        return events;
    }

    private static void empty(Path copy) throws IOException {
        try (Stream<Path> paths = Files.list(copy)) {
            for (Path path : paths.toList()) {
                Files.delete(path);
            }
        }
    }

    private static FileSpool open(Path directory, RunId run, EventEncoding encoding)
            throws SpoolException {
        return FileSpool.open(
                new FileSpoolSettings(
                        directory,
                        new SpoolBounds(1 << 20, 2 << 20, 3 << 20),
                        SEGMENT_BYTES,
                        200,
                        Duration.ZERO),
                run,
                encoding);
    }
}
