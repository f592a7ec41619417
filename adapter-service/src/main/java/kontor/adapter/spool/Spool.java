package kontor.adapter.spool;

import java.util.Optional;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.relay.SpoolLevel;

/**
 * Holds every captured event from its capture until the broker has acknowledged it, in order of
 * adapter sequence: captured = in the spool + published.
 *
 * <p>One thread appends, one takes, any acknowledges.
 */
public interface Spool {

    /**
     * Keeps the event. Never refuses and never blocks: whoever appends looks at {@link #level} and
     * brings no more than must be.
     *
     * @param event with the sequence after that of the one before
     */
    void append(CapturedEvent event);

    /**
     * The next event in order that was not taken; waits for one.
     *
     * @return empty after {@link #end} when all have been taken
     */
    Optional<CapturedEvent> take() throws InterruptedException;

    /** The broker has all events up to this sequence: they are forgotten. */
    void acknowledge(long sequence);

    /** What has not been acknowledged will be taken once more, from the oldest on. */
    void rewind();

    /** Nothing more will be appended. */
    void end();

    /**
     * Asks to be called when the level has fallen: on the acknowledging thread, which it must not
     * hold up. One listener, set before anything is acknowledged.
     */
    void onRelief(Runnable listener);

    /** How full it is; above {@link SpoolLevel#FREE} it changes downwards with some delay. */
    SpoolLevel level();

    SpoolStatus status();
}
