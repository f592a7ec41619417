package kontor.adapter.spool;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.relay.SpoolLevel;

/** A spool in memory: survives the broker's absence, not the adapter's end. */
public final class MemorySpool implements Spool {

    private final SpoolBounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    /** Taken and not acknowledged; all of them are older than those in {@link #waiting}. */
    private ArrayDeque<CapturedEvent> taken = new ArrayDeque<>();

    private ArrayDeque<CapturedEvent> waiting = new ArrayDeque<>();

    private long bytes;
    private long publishedSequence;
    private boolean ended;
    private volatile SpoolLevel level = SpoolLevel.FREE;
    private volatile Runnable relief = () -> {};

    public MemorySpool(SpoolBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public void onRelief(Runnable listener) {
        relief = listener;
    }

    @Override
    public void append(CapturedEvent event) {
        lock.lock();
        try {
            waiting.add(event);
            bytes += event.weightBytes();
            if (bytes >= bounds.limitBytes()) {
                level = SpoolLevel.FULL;
            } else if (bytes > bounds.highWaterBytes() && level == SpoolLevel.FREE) {
                level = SpoolLevel.HIGH;
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<CapturedEvent> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended) {
                arrived.await();
            }
            CapturedEvent event = waiting.poll();
            if (event != null) {
                taken.add(event);
            }
            return Optional.ofNullable(event);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void acknowledge(long sequence) {
        boolean relieved;
        lock.lock();
        try {
            for (Iterator<CapturedEvent> oldest = taken.iterator(); oldest.hasNext(); ) {
                CapturedEvent event = oldest.next();
                if (event.sequence() > sequence) {
                    break;
                }
                bytes -= event.weightBytes();
                publishedSequence = event.sequence();
                oldest.remove();
            }
            relieved = fall();
        } finally {
            lock.unlock();
        }
        if (relieved) {
            relief.run();
        }
    }

    /** True where the level is lower than before. */
    private boolean fall() {
        SpoolLevel before = level;
        if (bytes <= bounds.lowWaterBytes()) {
            level = SpoolLevel.FREE;
        } else if (bytes <= bounds.highWaterBytes() && before == SpoolLevel.FULL) {
            level = SpoolLevel.HIGH;
        }
        return level != before;
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
            return new SpoolStatus((long) taken.size() + waiting.size(), bytes, publishedSequence);
        } finally {
            lock.unlock();
        }
    }
}
