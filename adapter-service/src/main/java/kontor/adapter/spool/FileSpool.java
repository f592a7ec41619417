package kontor.adapter.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.relay.SpoolLevel;
import kontor.adapter.spool.SegmentReader.Found;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;
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
 * <p>A thread of its own notes, some time after it happened, what was acknowledged, deletes what
 * nobody needs any more and tries a disk that refused.
 */
public final class FileSpool implements Spool {

    private static final Logger log = LoggerFactory.getLogger(FileSpool.class);
    private static final Duration TENDING = Duration.ofMillis(100);
    private static final Duration READ_AGAIN = Duration.ofSeconds(1);

    private final FileSpoolSettings settings;
    private final RunId run;
    private final EventEncoding encoding;
    private final SpoolDirectory directory;
    private final SegmentWriter writer;
    private final ScheduledExecutorService tending =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "kontor-spool-1"));

    /** Position at which this run began: all before is earlier runs'. */
    private final long ownBase;

    /** Held while the writer is used; before {@link #lock}. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    // Only with the lock:
    private final RecentEvents recent = new RecentEvents();

    private long acknowledged;
    private long taken;
    private long tail;
    private long capturedSequence;
    private long publishedSequence;
    private long damagedBytes;
    private boolean writable = true;

    /** While not writable: all that begins here or later is in memory only. */
    private long unwritten;

    private boolean ended;

    /** Of the event taken last, where the next to be taken follows it. */
    private @Nullable SpoolPlace latest;

    // Only on the taking thread:
    private final SpoolReader reader;

    // Only on the tending thread:
    private long forcedNanos = System.nanoTime();
    private boolean untended;

    private volatile SpoolLevel level = SpoolLevel.FREE;
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
        this.ownBase = directory.end();
        this.tail = ownBase;
        this.acknowledged = directory.mark();
        this.taken = acknowledged;
        this.damagedBytes = directory.cutBytes();
        level = settings.bounds().level(SpoolLevel.FREE, tail - acknowledged);
    }

    /**
     * Opens the spool with what earlier runs left in it. Blocks while their last pieces are read.
     *
     * @throws SpoolException where another process has it, or the disk does not allow it
     */
    public static FileSpool open(FileSpoolSettings settings, RunId run, EventEncoding encoding)
            throws SpoolException {
        FileSpool spool =
                new FileSpool(settings, run, encoding, SpoolDirectory.open(settings.directory()));
        long left = spool.tail - spool.acknowledged;
        if (left > 0) {
            log.info(
                    "Spool {}: {} bytes of earlier runs are to be published first",
                    settings.directory(),
                    left);
        }
        return spool;
    }

    /** Begins the work of the spool's own thread. */
    // The future has nothing to say: the task catches what can be mended.
    @SuppressWarnings("FutureReturnValueIgnored")
    public void start() {
        tending.scheduleWithFixedDelay(
                this::tend, TENDING.toMillis(), TENDING.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void append(CapturedEvent event) {
        Bytes message = Bytes.owning(encoding.encode(event));
        writing.lock();
        try {
            long start = tail;
            long behind = start + SegmentWriter.recordBytes(message.length());
            SpooledEvent spooled =
                    new SpooledEvent(new SpoolPlace(run, event.sequence(), behind), message);
            boolean written = writable && write(start, spooled);
            lock.lock();
            try {
                if (writable && !written) {
                    unwritten = start;
                }
                writable = written;
                tail = behind;
                capturedSequence = event.sequence();
                recent.add(start, spooled);
                forgetWritten();
                relevel();
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
            writer.write(start, event.place().sequence(), event.message().asByteBuffer());
            return true;
        } catch (IOException e) {
            log.error(
                    "Spool {}: writing failed ({}); reading from the game is paused until the disk"
                            + " recovers, datagrams that come meanwhile are counted as missed",
                    settings.directory(),
                    e.getMessage());
            log.debug("writing failed", e);
            writer.abandon();
            return false;
        }
    }

    /** While all is written, only so much stays in memory. */
    private void forgetWritten() {
        if (writable) {
            recent.shrinkTo(settings.memoryBytes());
        }
    }

    /** True where the level is lower than before. */
    private boolean relevel() {
        SpoolLevel before = level;
        level = writable ? settings.bounds().level(before, tail - acknowledged) : SpoolLevel.FULL;
        return level.compareTo(before) < 0;
    }

    @Override
    public Optional<SpooledEvent> take() throws InterruptedException {
        while (true) {
            long from;
            long end;
            lock.lockInterruptibly();
            try {
                while (taken == tail && !ended) {
                    arrived.await();
                }
                if (taken == tail) {
                    return Optional.empty();
                }
                SpooledEvent near = recent.at(taken);
                if (near != null) {
                    return Optional.of(handOver(near));
                }
                from = taken;
                end = recent.start(tail);
            } finally {
                lock.unlock();
            }
            Optional<SpooledEvent> far = readBack(from, end);
            if (far.isPresent()) {
                return far;
            }
        }
    }

    /** Empty where there was nothing to read, or what is wanted has changed: look again. */
    private Optional<SpooledEvent> readBack(long from, long end) throws InterruptedException {
        Found found = null;
        try {
            found = reader.read(from, end);
        } catch (IOException e) {
            log.error("Spool {} cannot be read at {}", settings.directory(), from, e);
        }
        lock.lockInterruptibly();
        try {
            if (taken != from) {
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
                    while (left > 0 && taken == from) {
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
        SpoolPlace place = event.place();
        SpoolPlace before = latest;
        if (before != null
                && before.run().equals(place.run())
                && place.sequence() > before.sequence() + 1) {
            log.error(
                    "Spool {}: events {} to {} of run {} are lost",
                    settings.directory(),
                    before.sequence() + 1,
                    place.sequence() - 1,
                    place.run());
        }
        latest = place;
        taken = place.end();
        return event;
    }

    private void giveUp(Found.Damage damage) {
        long bytes = damage.to() - damage.from();
        Map.Entry<Long, Segment> segment = directory.segments().floorEntry(damage.from());
        log.error(
                "Spool {}: {} bytes from position {} on are damaged and are skipped ({})",
                settings.directory(),
                bytes,
                damage.from(),
                segment == null
                        ? "no file holds them"
                        : "byte %d of %s"
                                .formatted(
                                        damage.from() - segment.getKey(),
                                        segment.getValue().path().getFileName()));
        damagedBytes += bytes;
        taken = damage.to();
    }

    @Override
    public void acknowledge(SpoolPlace place) {
        boolean relieved;
        lock.lock();
        try {
            acknowledged = Math.max(acknowledged, place.end());
            if (place.run().equals(run)) {
                publishedSequence = Math.max(publishedSequence, place.sequence());
            }
            if (taken < acknowledged) {
                // It came late, after a rewind: need not be taken again.
                taken = acknowledged;
                latest = null;
            }
            recent.forgetBefore(acknowledged);
            relieved = relevel();
        } finally {
            lock.unlock();
        }
        if (relieved) {
            relief.run();
        }
    }

    @Override
    public void rewind() {
        lock.lock();
        try {
            taken = acknowledged;
            latest = null;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        lock.lock();
        try {
            ended = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
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
            return new SpoolStatus(
                    capturedSequence - publishedSequence,
                    tail - acknowledged,
                    publishedSequence,
                    Math.max(0, ownBase - acknowledged),
                    damagedBytes,
                    writable);
        } finally {
            lock.unlock();
        }
    }

    /** What the spool's own thread does each time. */
    void tend() {
        try {
            if (!status().writable()) {
                tryDisk();
            }
            boolean force =
                    settings.forceInterval().isPositive()
                            && System.nanoTime() - forcedNanos
                                    >= settings.forceInterval().toNanos();
            writer.settle(force);
            if (force) {
                forcedNanos = System.nanoTime();
            }
            directory.mark(acknowledgedUpTo(), Long.MAX_VALUE);
            if (untended) {
                untended = false;
                log.info("Spool {} is tended again", settings.directory());
            }
        } catch (IOException e) {
            if (!untended) {
                untended = true;
                log.warn("Spool {} cannot be tended now: {}", settings.directory(), e.toString());
            }
        } catch (RuntimeException e) {
            log.error("Spool {}: tending it failed", settings.directory(), e);
        }
    }

    private void tryDisk() {
        boolean relieved;
        writing.lock();
        try {
            if (!writeWaiting()) {
                return;
            }
            lock.lock();
            try {
                writable = true;
                forgetWritten();
                relieved = relevel();
            } finally {
                lock.unlock();
            }
        } finally {
            writing.unlock();
        }
        log.info(
                "Spool {}: the disk has recovered; reading from the game goes on",
                settings.directory());
        if (relieved) {
            relief.run();
        }
    }

    /** Brings what is in memory only to the disk; true where that went well. */
    private boolean writeWaiting() {
        List<Map.Entry<Long, SpooledEvent>> waiting;
        long from;
        lock.lock();
        try {
            waiting = recent.from(unwritten);
            from = waiting.isEmpty() ? tail : waiting.getFirst().getKey();
        } finally {
            lock.unlock();
        }
        try {
            writer.probe(from);
            for (Map.Entry<Long, SpooledEvent> event : waiting) {
                SpooledEvent spooled = event.getValue();
                writer.write(
                        event.getKey(),
                        spooled.place().sequence(),
                        spooled.message().asByteBuffer());
            }
            return true;
        } catch (IOException e) {
            log.debug("Spool {}: the disk still refuses", settings.directory(), e);
            writer.abandon();
            return false;
        }
    }

    private long acknowledgedUpTo() {
        lock.lock();
        try {
            return acknowledged;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        tending.close();
        tend();
        writer.abandon();
        try (directory) {
            writer.settle(settings.forceInterval().isPositive());
            directory.mark(acknowledgedUpTo(), tail);
            reader.close();
        } catch (IOException e) {
            log.warn("Spool {} could not be closed: {}", settings.directory(), e.toString());
        }
    }
}
