package kontor.simulation.time;

import java.util.ArrayList;
import java.util.List;

/**
 * One life of one process, or of a part of one. What is to happen in it does not happen once it has
 * ended, and waits while it is paused.
 */
public final class Life {

    private final String name;
    private final List<Moment> held = new ArrayList<>();
    private boolean ended;
    private boolean paused;
    private boolean everPaused;

    public Life(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean isEnded() {
        return ended;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Like SIGSTOP. */
    public void pause() {
        paused = true;
        everPaused = true;
    }

    /** Whether it has ever been paused: then nothing that it does need be in time. */
    public boolean wasPaused() {
        return everPaused;
    }

    /** Like kill -9. What it had still to do is gone with the moments that come. */
    public void end(Timeline timeline) {
        ended = true;
        resume(timeline);
    }

    /** Like SIGCONT: what was missed happens now, in its order. */
    public void resume(Timeline timeline) {
        paused = false;
        List<Moment> missed = List.copyOf(held);
        held.clear();
        missed.forEach(timeline::again);
    }

    void hold(Moment moment) {
        held.add(moment);
    }
}
