package kontor.adapter.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.relay.SpoolLevel;
import kontor.adapter.spool.SegmentReader.Found;
import kontor.adapter.spool.SpoolPositions.Chore;
import kontor.adapter.spool.SpoolPositions.Missing;
import kontor.adapter.spool.SpoolPositions.Next;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A spool on disk: an event is with the operating system when {@link #append} returns, so whatever
 * kills this process, the next run finds it and publishes it before its own.
 *
 * <p>The newest events are in memory as well, within a bound, and are taken from there; older ones
 * are read back. What cannot be read back is skipped, logged with its place and counted, never
 * silently. Where the disk refuses what is captured, the spool is full until it takes it again;
 * what had to be kept meanwhile is in memory and can be taken.
 *
 * <p>Positions, levels and what may be deleted are decided by {@link SpoolPositions}; the {@link
 * SpoolTender}, on a thread of its own, notes some time later what was acknowledged, deletes what
 * is no longer needed and tries a disk that refused. This class has the locks and the disk.
 */
public final class FileSpool implements Spool {

    private static final Logger log = LoggerFactory.getLogger(FileSpool.class);
    private static final Duration READ_AGAIN = Duration.ofSeconds(1);

    private final FileSpoolSettings settings;
    private final RunId run;
    private final EventEncoding encoding;
    private final SpoolDirectory directory;
    private final SegmentWriter writer;
    private final SpoolTender tender;

    /** Held while the writer is used; before {@link #lock}. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    /**
     * Only with the lock. How much is appended, and whether the disk takes it, changes only with
     * {@link #writing} as well, and may be looked at with that alone.
     */
    private final SpoolPositions positions;

    /** Only with the lock. */
    private final RecentEvents recent = new RecentEvents();

    /** Only on the taking thread. */
    private final SpoolReader reader;

    private volatile SpoolLevel level;
    private volatile Runnable relief = () -> {};

    private FileSpool(
            FileSpoolSettings settings,
            RunId run,
            EventEncoding encoding,
            SpoolDirectory directory) {
        this.settings = settings;
        this.run = run;
        this.encoding = encoding;
        this.directory = directory;
        this.writer =
                new SegmentWriter(
                        directory.path(), run, settings.segmentBytes(), directory.segments());
        this.reader = new SpoolReader(directory.segments());
        this.positions =
                new SpoolPositions(
                        run,
                        settings.bounds(),
                        directory.mark(),
                        directory.end(),
                        directory.cutBytes());
        this.level = positions.level();
        this.tender = new SpoolTender(settings.forceInterval(), writer, directory, new Tended());
    }

    /**
     * Opens the spool with what earlier runs left in it. Blocks while their last pieces are read.
     *
     * @throws SpoolException if another process has it, or the disk does not allow it
     */
    public static FileSpool open(FileSpoolSettings settings, RunId run, EventEncoding encoding)
            throws SpoolException {
        FileSpool spool =
                new FileSpool(settings, run, encoding, SpoolDirectory.open(settings.directory()));
        long left = spool.status().bytes();
        if (left > 0) {
            log.info(
                    "Spool {}: {} bytes of earlier runs are published first",
                    settings.directory(),
                    left);
        }
        return spool;
    }

    /** Begins the work of the spool's own thread. */
    public void start() {
        tender.start();
    }

    @Override
    public void append(CapturedEvent event) {
        Bytes message = Bytes.owning(encoding.encode(event));
        writing.lock();
        try {
            long start = positions.appended();
            long behind = start + SegmentWriter.recordBytes(message.length());
            SpooledEvent spooled =
                    new SpooledEvent(new SpoolPlace(run, event.sequence(), behind), message);
            boolean written = positions.isWritable() && write(start, spooled);
            lock.lock();
            try {
                positions.append(event.sequence(), behind, written);
                recent.add(start, spooled);
                forgetWritten();
                level = positions.level();
                arrived.signal();
            } finally {
                lock.unlock();
            }
        } finally {
            writing.unlock();
        }
    }

    private boolean write(long start, SpooledEvent event) {
        try {
            writer.write(start, event);
            return true;
        } catch (IOException e) {
            log.error(
                    "Spool {}: writing failed ({}); reading from the game is paused until the disk"
                            + " recovers, datagrams that come meanwhile are counted as missed",
                    directory.path(),
                    e.getMessage());
            log.debug("writing failed", e);
            writer.abandon();
            return false;
        }
    }

    /** While all is written, only so much stays in memory. */
    private void forgetWritten() {
        if (positions.isWritable()) {
            recent.shrinkTo(settings.memoryBytes());
        }
    }

    @Override
    public boolean isTaken() {
        lock.lock();
        try {
            return positions.next() instanceof Next.Wait;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<SpooledEvent> take() throws InterruptedException {
        while (true) {
            long from;
            long end;
            lock.lockInterruptibly();
            try {
                Next next = positions.next();
                while (next instanceof Next.Wait) {
                    arrived.await();
                    next = positions.next();
                }
                if (!(next instanceof Next.Event(long position))) {
                    return Optional.empty();
                }
                SpooledEvent near = recent.at(position);
                if (near != null) {
                    return Optional.of(handOver(near));
                }
                from = position;
                end = recent.start(positions.appended());
            } finally {
                lock.unlock();
            }
            Optional<SpooledEvent> far = readBack(from, end);
            if (far.isPresent()) {
                return far;
            }
        }
    }

    /** Returns empty if nothing could be read, or another event is next by now: look again. */
    private Optional<SpooledEvent> readBack(long from, long end) throws InterruptedException {
        Found found = null;
        try {
            found = reader.read(from, end);
        } catch (IOException e) {
            log.error("Spool {}: reading at {} failed; trying again", directory.path(), from, e);
        }
        lock.lockInterruptibly();
        try {
            if (!positions.isNext(from)) {
                return Optional.empty();
            }
            return switch (found) {
                case Found.Event(SpooledEvent event) -> Optional.of(handOver(event));
                case Found.Damage damage -> {
                    giveUp(damage);
                    yield Optional.empty();
                }
                case null -> {
                    // A disk may come back. Nothing is skipped that was not seen to be damaged.
                    long left = READ_AGAIN.toNanos();
                    while (left > 0 && positions.isNext(from)) {
                        left = arrived.awaitNanos(left);
                    }
                    yield Optional.empty();
                }
            };
        } finally {
            lock.unlock();
        }
    }

    private SpooledEvent handOver(SpooledEvent event) {
        positions.take(event.place()).ifPresent(this::report);
        return event;
    }

    private void report(Missing missing) {
        log.error(
                "Spool {}: events {} to {} of run {} are lost; going on with the next",
                directory.path(),
                missing.first(),
                missing.last(),
                missing.run());
    }

    private void giveUp(Found.Damage damage) {
        log.error(
                "Spool {}: {} bytes from position {} on are damaged and are skipped ({})",
                directory.path(),
                damage.to() - damage.from(),
                damage.from(),
                directory.fileAt(damage.from()));
        positions.skip(damage.to());
    }

    @Override
    public void acknowledge(SpoolPlace place) {
        boolean relieved;
        lock.lock();
        try {
            relieved = positions.acknowledge(place);
            recent.forgetBefore(positions.acknowledged());
            level = positions.level();
        } finally {
            lock.unlock();
        }
        if (relieved) {
            relief.run();
        }
    }

    @Override
    public void rewind() {
        locked(() -> {
            positions.rewind();
            arrived.signal();
        });
    }

    @Override
    public void end() {
        locked(() -> {
            positions.end();
            arrived.signalAll();
        });
    }

    @Override
    public void onRelief(Runnable listener) {
        relief = listener;
    }

    @Override
    public SpoolLevel level() {
        return level;
    }

    @Override
    public SpoolStatus status() {
        lock.lock();
        try {
            return positions.status();
        } finally {
            lock.unlock();
        }
    }

    /** What the spool's own thread does each time. */
    void tend() {
        tender.tend();
    }

    /** What the tender has to do with this spool. */
    private final class Tended implements SpoolTender.Tended {

        @Override
        public void mend() {
            boolean relieved;
            writing.lock();
            try {
                if (positions.isWritable() || !writeWaiting()) {
                    return;
                }
                lock.lock();
                try {
                    relieved = positions.mended();
                    forgetWritten();
                    level = positions.level();
                } finally {
                    lock.unlock();
                }
            } finally {
                writing.unlock();
            }
            log.info(
                    "Spool {}: the disk has recovered; reading from the game is resumed",
                    settings.directory());
            if (relieved) {
                relief.run();
            }
        }

        @Override
        public List<Chore> chores(boolean atTheEnd) {
            lock.lock();
            try {
                long lastEnd = atTheEnd ? positions.appended() : Long.MAX_VALUE;
                return positions.chores(directory.segments().navigableKeySet(), lastEnd);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void noted(long position) {
            locked(() -> positions.noted(position));
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Writes to the disk what is in memory only; returns whether that succeeded. */
    private boolean writeWaiting() {
        List<Map.Entry<Long, SpooledEvent>> waiting;
        long from;
        lock.lock();
        try {
            waiting = recent.from(positions.written());
            from = waiting.isEmpty() ? positions.appended() : waiting.getFirst().getKey();
        } finally {
            lock.unlock();
        }
        try {
            writer.probe(from);
            for (Map.Entry<Long, SpooledEvent> event : waiting) {
                writer.write(event.getKey(), event.getValue());
            }
            return true;
        } catch (IOException e) {
            log.debug("Spool {}: the disk still refuses", directory.path(), e);
            writer.abandon();
            return false;
        }
    }

    @Override
    public void close() {
        tender.close();
        writer.abandon();
        try (directory) {
            tender.finish();
            reader.close();
        } catch (IOException e) {
            log.warn("Spool {} could not be closed: {}", directory.path(), e.toString());
        }
    }
}
