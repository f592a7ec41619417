package kontor.adapter.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kontor.adapter.relay.SpoolLevel;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file spool does beyond the contract: several lives, and a disk that fails. */
final class FileSpoolTest {

    private static final RunId FIRST = new RunId(new UUID(1, 1));
    private static final RunId SECOND = new RunId(new UUID(2, 2));
    private static final RunId THIRD = new RunId(new UUID(3, 3));
    private static final long RECORD = SpoolContract.RECORD;

    @TempDir private Path directory;
    private int reliefs;

    @Test
    void theNextRunTakesWhatEarlierOnesLeftFirst() throws Exception {
        try (FileSpool spool = open(FIRST)) {
            fill(spool, 1, 5);
        }
        try (FileSpool spool = open(SECOND)) {
            fill(spool, 1, 2);
        }
        try (FileSpool spool = open(THIRD)) {
            fill(spool, 1, 1);
            assertThat(spool.status().bytes()).isEqualTo(8 * RECORD);
            assertThat(spool.status().earlierBytes()).isEqualTo(7 * RECORD);
            assertThat(spool.status().events()).isEqualTo(1);
            List<SpooledEvent> all = drain(spool);
            assertThat(all)
                    .extracting(event -> event.place().run())
                    .containsExactly(FIRST, FIRST, FIRST, FIRST, FIRST, SECOND, SECOND, THIRD);
            assertThat(sequences(all)).containsExactly(1L, 2L, 3L, 4L, 5L, 1L, 2L, 1L);
            for (SpooledEvent event : all) {
                assertThat(event.message().toByteArray())
                        .isEqualTo(
                                SpoolSamples.message(
                                        event.place().run(), event.place().sequence()));
            }
            assertThat(spool.status().damagedBytes()).isZero();
        }
    }

    @Test
    void whatWasNotedAsAcknowledgedIsNotTakenAgain() throws Exception {
        try (FileSpool spool = open(FIRST)) {
            fill(spool, 1, 5);
            for (int i = 0; i < 3; i++) {
                spool.acknowledge(spool.take().orElseThrow().place());
            }
        }
        try (FileSpool spool = open(SECOND)) {
            List<SpooledEvent> left = drain(spool);
            assertThat(sequences(left)).containsExactly(4L, 5L);
            spool.acknowledge(left.getLast().place());
            assertThat(spool.status()).isEqualTo(SpoolStatus.NEW);
        }
        assertThat(segmentFiles()).as("nobody needs them").isEmpty();
        try (FileSpool spool = open(THIRD)) {
            fill(spool, 1, 1);
            assertThat(sequences(drain(spool))).containsExactly(1L);
        }
    }

    @Test
    void withoutItsMarkAllIsTakenAgain() throws Exception {
        try (FileSpool spool = open(FIRST)) {
            fill(spool, 1, 3);
            spool.acknowledge(spool.take().orElseThrow().place());
        }
        Files.delete(directory.resolve("acknowledged"));
        try (FileSpool spool = open(SECOND)) {
            assertThat(sequences(drain(spool))).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void filesThatTheBrokerHasWhollyAreDeleted() throws Exception {
        try (FileSpool spool = open(FIRST)) {
            fill(spool, 1, 20);
            long before = segmentFiles().size();
            assertThat(before).isGreaterThan(5);
            for (int i = 0; i < 19; i++) {
                spool.acknowledge(spool.take().orElseThrow().place());
            }
            spool.tend();
            assertThat(segmentFiles()).hasSize(1);
            assertThat(sequences(drain(spool))).containsExactly(20L);
        }
    }

    @Test
    void aSecondAdapterIsRefusedTheDirectory() throws Exception {
        try (FileSpool _ = open(FIRST)) {
            assertThatThrownBy(() -> open(SECOND))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("another adapter is using the spool " + directory);
        }
        open(SECOND).close();
    }

    @Test
    void aDirectoryThatCannotBeIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> open(file.resolve("spool"), FIRST))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void damageInTheMiddleIsSkippedCountedAndCostsNoOtherEvent() throws Exception {
        try (FileSpool spool = open(FIRST)) {
            fill(spool, 1, 9);
        }
        Path second = segmentFiles().get(1);
        byte[] bytes = Files.readAllBytes(second);
        bytes[(int) RECORD + 3] ^= 1;
        Files.write(second, bytes);
        try (FileSpool spool = open(SECOND)) {
            assertThat(sequences(drain(spool))).containsExactly(1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L);
            assertThat(spool.status().damagedBytes()).isEqualTo(RECORD);
        }
    }

    @Test
    void aMissingFileIsDamageAsWell() throws Exception {
        try (FileSpool spool = open(FIRST)) {
            fill(spool, 1, 9);
        }
        Files.delete(segmentFiles().get(1));
        try (FileSpool spool = open(SECOND)) {
            assertThat(sequences(drain(spool))).containsExactly(1L, 2L, 3L, 7L, 8L, 9L);
            assertThat(spool.status().damagedBytes()).isEqualTo(3 * RECORD);
        }
    }

    @Test
    void aDiskThatRefusesMakesTheSpoolFullUntilItTakesAllThatWaited() throws Exception {
        try (FileSpool spool = open(FIRST)) {
            spool.onRelief(() -> reliefs++);
            fill(spool, 1, 3);
            Path aside = takeDiskAway();
            fill(spool, 4, 6);
            assertThat(spool.level()).isEqualTo(SpoolLevel.FULL);
            assertThat(spool.status().writable()).isFalse();
            spool.tend();
            assertThat(spool.level()).isEqualTo(SpoolLevel.FULL);
            giveDiskBack(aside);
            spool.tend();
            assertThat(spool.level()).isEqualTo(SpoolLevel.FREE);
            assertThat(spool.status().writable()).isTrue();
            assertThat(reliefs).isEqualTo(1);
            fill(spool, 7, 7);
        }
        try (FileSpool spool = open(SECOND)) {
            assertThat(sequences(drain(spool)))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 7).boxed().toList());
            assertThat(spool.status().damagedBytes()).isZero();
        }
    }

    @Test
    void whatTheDiskRefusedCanBeTakenAndIsNotMissedOnceItIsAcknowledged() throws Exception {
        try (FileSpool spool = open(FIRST)) {
            fill(spool, 1, 3);
            Path aside = takeDiskAway();
            fill(spool, 4, 6);
            for (long sequence = 1; sequence <= 5; sequence++) {
                if (sequence < 4) {
                    giveDiskBack(aside);
                    assertThat(spool.take().orElseThrow().place().sequence()).isEqualTo(sequence);
                    takeDiskAway();
                } else {
                    SpooledEvent event = spool.take().orElseThrow();
                    assertThat(event.place().sequence()).isEqualTo(sequence);
                    spool.acknowledge(event.place());
                }
            }
            giveDiskBack(aside);
            spool.tend();
            fill(spool, 7, 7);
        }
        try (FileSpool spool = open(SECOND)) {
            assertThat(sequences(drain(spool))).containsExactly(6L, 7L);
            assertThat(spool.status().damagedBytes()).isZero();
        }
    }

    private Path takeDiskAway() throws IOException {
        Path aside = directory.resolveSibling(directory.getFileName() + ".aside");
        return Files.move(directory, aside);
    }

    private void giveDiskBack(Path aside) throws IOException {
        Files.move(aside, directory);
    }

    private FileSpool open(RunId run) throws SpoolException {
        return open(directory, run);
    }

    /** With three records to a file, and little in memory. */
    private static FileSpool open(Path directory, RunId run) throws SpoolException {
        return FileSpool.open(
                new FileSpoolSettings(
                        directory,
                        new SpoolBounds(100 * RECORD, 200 * RECORD, 300 * RECORD),
                        3 * RECORD,
                        0,
                        Duration.ZERO),
                run,
                event -> SpoolSamples.message(run, event.sequence()));
    }

    private static void fill(FileSpool spool, long first, long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            spool.append(SpoolContract.event(sequence));
        }
    }

    private static List<SpooledEvent> drain(FileSpool spool) throws InterruptedException {
        List<SpooledEvent> all = new ArrayList<>();
        spool.end();
        for (Optional<SpooledEvent> next = spool.take(); next.isPresent(); next = spool.take()) {
            all.add(next.get());
        }
        return all;
    }

    private static List<Long> sequences(List<SpooledEvent> events) {
        return events.stream().map(event -> event.place().sequence()).toList();
    }

    private List<Path> segmentFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> Segment.of(file).isPresent()).sorted().toList();
        }
    }
}
