package kontor.adapter.spool;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.relay.SpoolLevel;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.RunId;

/** A spool in memory, for tests: of one run, and it ends with that. */
public final class MemorySpool implements Spool {

    private final RunId run;
    private final SpoolBounds bounds;
    private final EventEncoding encoding;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    /** Taken and not acknowledged; all of them are older than those in {@link #waiting}. */
    private ArrayDeque<Kept> taken = new ArrayDeque<>();

    private ArrayDeque<Kept> waiting = new ArrayDeque<>();

    private long end;
    private long acknowledged;
    private long capturedSequence;
    private long publishedSequence;
    private boolean ended;
    private volatile SpoolLevel level = SpoolLevel.FREE;
    private volatile Runnable relief = () -> {};

    public MemorySpool(RunId run, SpoolBounds bounds, EventEncoding encoding) {
        this.run = run;
        this.bounds = bounds;
        this.encoding = encoding;
    }

    @Override
    public void onRelief(Runnable listener) {
        relief = listener;
    }

    @Override
    public void append(CapturedEvent event) {
        Bytes message = Bytes.owning(encoding.encode(event));
        lock.lock();
        try {
            end += SegmentWriter.recordBytes(message.length());
            capturedSequence = event.sequence();
            SpoolPlace place = new SpoolPlace(run, event.sequence(), end);
            waiting.add(new Kept(event, new SpooledEvent(place, message)));
            level = bounds.level(level, end - acknowledged);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isTaken() {
        lock.lock();
        try {
            return waiting.isEmpty() && !ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<SpooledEvent> take() throws InterruptedException {
        return next().map(Kept::spooled);
    }

    /** The next event as it was captured, and where it stands. */
    public Optional<Kept> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended) {
                arrived.await();
            }
            Optional<Kept> next = Optional.ofNullable(waiting.poll());
            next.ifPresent(taken::add);
            return next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void acknowledge(SpoolPlace place) {
        boolean relieved;
        lock.lock();
        try {
            taken.removeIf(kept -> kept.spooled().place().end() <= place.end());
            waiting.removeIf(kept -> kept.spooled().place().end() <= place.end());
            acknowledged = Math.max(acknowledged, place.end());
            publishedSequence = Math.max(publishedSequence, place.sequence());
            SpoolLevel before = level;
            level = bounds.level(before, end - acknowledged);
            relieved = level != before;
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
            taken.addAll(waiting);
            waiting = taken;
            taken = new ArrayDeque<>();
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
    public SpoolLevel level() {
        return level;
    }

    @Override
    public SpoolStatus status() {
        lock.lock();
        try {
            return new SpoolStatus(
                    capturedSequence - publishedSequence,
                    end - acknowledged,
                    publishedSequence,
                    0,
                    0,
                    true);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end();
    }

    /** An event and what became of it. */
    public record Kept(CapturedEvent captured, SpooledEvent spooled) {}
}
