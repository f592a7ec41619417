package kontor.adapter.spool;

import java.util.Optional;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.relay.SpoolLevel;

/**
 * Holds every captured event from its capture until the broker has acknowledged it, in the order of
 * capture. Of this run: captured = in the spool + published. What earlier runs left comes first.
 *
 * <p>One thread appends, one takes, any acknowledges.
 */
public interface Spool extends AutoCloseable {

    /**
     * Keeps the event; when this returns it counts as captured. Never refuses and never waits for
     * the broker: the appending side looks at {@link #level} and appends no more than it must.
     *
     * @param event with the sequence after that of the one before
     */
    void append(CapturedEvent event);

    /**
     * The next event in order that was not taken; waits for one.
     *
     * @return empty after {@link #end} when all have been taken
     */
    Optional<SpooledEvent> take() throws InterruptedException;

    /** Whether nothing is left to take by now, so that {@link #take} would wait. */
    boolean isTaken();

    /** The broker has all events up to this one, which was taken: they are forgotten. */
    void acknowledge(SpoolPlace place);

    /** What has not been acknowledged will be taken once more, from the oldest on. */
    void rewind();

    /** Nothing more will be appended. */
    void end();

    /**
     * Asks to be called when the level has fallen: on a thread of the spool or the acknowledging
     * one, which it must not hold up. One listener, set before anything is acknowledged.
     */
    void onRelief(Runnable listener);

    /** How full it is; above {@link SpoolLevel#FREE} it changes downwards with some delay. */
    SpoolLevel level();

    SpoolStatus status();

    /** Releases its resources; what is not acknowledged stays on the disk. */
    @Override
    void close();
}
