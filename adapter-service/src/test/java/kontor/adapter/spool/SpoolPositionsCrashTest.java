package kontor.adapter.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import kontor.adapter.relay.SpoolLevel;
import kontor.adapter.spool.SpoolPositions.Chore;
import kontor.adapter.spool.SpoolPositions.Missing;
import kontor.adapter.spool.SpoolPositions.Next;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives of a spool on a model of its disk. After every single step, the next life that would
 * follow a crash at this moment is looked at: it takes all that was written and that the broker has
 * not, in order.
 */
final class SpoolPositionsCrashTest {

    private static final int LIVES = 4;
    private static final int STEPS = 60;
    private static final SpoolBounds BOUNDS = new SpoolBounds(30, 60, 120);

    /** What is on the disk, by where it begins. */
    private final NavigableMap<Long, SpoolPlace> disk = new TreeMap<>();

    private final NavigableMap<Long, RunId> segments = new TreeMap<>();
    private long noted;

    /** What was ever on the disk. */
    private final NavigableMap<Long, SpoolPlace> written = new TreeMap<>();

    // Of the life that runs:
    private RunId run = new RunId(new UUID(0, 0));
    private SpoolPositions positions = life(run);
    private long sequence;
    private boolean diskTakes = true;
    private final NavigableMap<Long, SpoolPlace> memory = new TreeMap<>();
    private final Deque<SpoolPlace> unacknowledged = new ArrayDeque<>();
    private final Deque<Chore> chores = new ArrayDeque<>();

    /** What the broker has, in all lives. */
    private long published;

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 200, 300})
    void aCrashAtAnyMomentLosesNothingThatWasWritten(long first) {
        for (long seed = first; seed < first + 100; seed++) {
            Random random = new Random(seed);
            forget();
            for (int life = 1; life <= LIVES; life++) {
                begin(new RunId(new UUID(seed, life)));
                for (int step = 0; step < STEPS; step++) {
                    step(random);
                    boundsHold(seed, step);
                    nextLifeTakesAllThatIsLeft(seed, step);
                }
            }
        }
    }

    private void forget() {
        disk.clear();
        written.clear();
        segments.clear();
        noted = 0;
        published = 0;
    }

    private SpoolPositions life(RunId of) {
        long end = disk.isEmpty() ? 0 : disk.lastEntry().getValue().end();
        return new SpoolPositions(of, BOUNDS, noted, Math.max(noted, end), 0);
    }

    private void begin(RunId of) {
        run = of;
        positions = life(of);
        sequence = 0;
        diskTakes = true;
        memory.clear();
        unacknowledged.clear();
        chores.clear();
    }

    private void step(Random random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> append(random);
            case 3, 4, 5 -> take();
            case 6, 7 -> acknowledge(random);
            case 8 -> tend();
            default -> {
                switch (random.nextInt(3)) {
                    case 0 -> positions.rewind();
                    case 1 -> diskTakes = !diskTakes;
                    default -> mend();
                }
            }
        }
    }

    private void append(Random random) {
        long start = positions.appended();
        sequence++;
        SpoolPlace place = new SpoolPlace(run, sequence, start + 1 + random.nextInt(20));
        boolean isWritten = positions.isWritable() && diskTakes;
        if (isWritten) {
            write(start, place, random.nextInt(4) == 0);
        }
        memory.put(start, place);
        positions.append(sequence, place.end(), isWritten);
    }

    private void write(long start, SpoolPlace place, boolean inNewSegment) {
        boolean follows = !disk.isEmpty() && disk.lastEntry().getValue().end() == start;
        if (inNewSegment || !follows || segments.isEmpty() || isOfEarlierRun()) {
            segments.put(start, run);
        }
        disk.put(start, place);
        written.put(start, place);
    }

    private boolean isOfEarlierRun() {
        return !segments.lastEntry().getValue().equals(run);
    }

    private void mend() {
        if (positions.isWritable() || !diskTakes) {
            return;
        }
        memory.tailMap(positions.written()).forEach((start, place) -> write(start, place, false));
        positions.mended();
    }

    private void take() {
        if (positions.next() instanceof Next.Event(long start)) {
            @Nullable SpoolPlace place =
                    memory.containsKey(start) ? memory.get(start) : disk.get(start);
            if (place == null) {
                positions.skip(behindHole(start, positions));
                return;
            }
            Optional<Missing> missing = positions.take(place);
            if (place.run().equals(run)) {
                assertThat(missing).as("missing before " + place).isEmpty();
            }
            unacknowledged.add(place);
        }
    }

    /** The disk refused these in an earlier life, which had them in memory. */
    private long behindHole(long start, SpoolPositions of) {
        @Nullable Long own = memory.ceilingKey(start);
        @Nullable Long other = disk.ceilingKey(start);
        return Math.min(own == null ? of.appended() : own, other == null ? of.appended() : other);
    }

    /** Also of what was taken before a rewind. */
    private void acknowledge(Random random) {
        for (int i = random.nextInt(3); i >= 0 && !unacknowledged.isEmpty(); i--) {
            SpoolPlace place = unacknowledged.remove();
            published = Math.max(published, place.end());
            positions.acknowledge(place);
        }
    }

    /** One chore at a time, so that a crash comes between any two as well. */
    private void tend() {
        if (chores.isEmpty()) {
            chores.addAll(positions.chores(new TreeSet<>(segments.keySet()), Long.MAX_VALUE));
        }
        switch (chores.poll()) {
            case Chore.Note(long acknowledged) -> {
                noted = acknowledged;
                positions.noted(acknowledged);
            }
            case Chore.Delete(long base) -> {
                Long next = segments.higherKey(base);
                segments.remove(base);
                disk.subMap(base, next == null ? Long.MAX_VALUE : next).clear();
            }
            case null -> {}
        }
    }

    private void boundsHold(long seed, int step) {
        String at = "seed %d, step %d".formatted(seed, step);
        assertThat(noted).as(at).isLessThanOrEqualTo(positions.acknowledged());
        assertThat(positions.written()).as(at).isLessThanOrEqualTo(positions.appended());
        assertThat(positions.status().bytes())
                .as(at)
                .isEqualTo(positions.appended() - positions.acknowledged());
        boolean full = positions.status().bytes() >= BOUNDS.limitBytes();
        if (full || !positions.isWritable()) {
            assertThat(positions.level()).as(at).isEqualTo(SpoolLevel.FULL);
        }
    }

    private void nextLifeTakesAllThatIsLeft(long seed, int step) {
        List<SpoolPlace> taken = new ArrayList<>();
        SpoolPositions next = life(new RunId(new UUID(-1, -1)));
        next.end();
        while (next.next() instanceof Next.Event(long start)) {
            @Nullable SpoolPlace place = disk.get(start);
            if (place == null) {
                @Nullable Long behind = disk.higherKey(start);
                next.skip(behind == null ? next.appended() : behind);
            } else {
                Optional<Missing> _ = next.take(place);
                taken.add(place);
            }
        }
        String at = "seed %d, step %d".formatted(seed, step);
        assertThat(taken).as(at).isEqualTo(List.copyOf(written.tailMap(noted).values()));
        assertThat(taken).as(at).containsAll(written.tailMap(published).values());
    }
}
