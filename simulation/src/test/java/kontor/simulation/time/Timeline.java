package kontor.simulation.time;

import java.util.PriorityQueue;

/** Virtual time, in microseconds, and what is to happen in it. */
public final class Timeline {

    private final PriorityQueue<Moment> moments = new PriorityQueue<>();
    private final Trace trace;
    private long now;
    private long order;
    private int due;
    private long steps;

    public Timeline(Trace trace) {
        this.trace = trace;
    }

    public long now() {
        return now;
    }

    /** Does something later, in the life that it belongs to. */
    public void in(long micros, Life life, Runnable step) {
        add(new Moment(now + micros, order++, life, false, step));
    }

    /** The same for what comes again and again: the end is not waited for on its account. */
    public void idlyIn(long micros, Life life, Runnable step) {
        add(new Moment(now + micros, order++, life, true, step));
    }

    void again(Moment moment) {
        // With its own time, which is over: before all that comes in this very microsecond. It is
        // in
        // the books as due since it was put in.
        moments.add(moment);
    }

    private void add(Moment moment) {
        moments.add(moment);
        if (!moment.idle()) {
            due++;
        }
    }

    /** Lets the next thing happen. */
    public void step() {
        Moment next = moments.remove();
        now = Math.max(now, next.time());
        if (next.life().isPaused()) {
            next.life().hold(next);
            return;
        }
        if (!next.idle()) {
            due--;
        }
        if (!next.life().isEnded()) {
            steps++;
            trace.mark(now, next.life().name());
            next.step().run();
        }
    }

    /** Whether anything will happen by itself, beside what comes again and again. */
    public boolean isAnythingDue() {
        return due > 0;
    }

    public boolean isEmpty() {
        return moments.isEmpty();
    }

    /** How much has happened. */
    public long steps() {
        return steps;
    }
}
