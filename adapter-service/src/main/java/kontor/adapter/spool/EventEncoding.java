package kontor.adapter.spool;

import kontor.adapter.capture.CapturedEvent;

/**
 * How an event is written down: as the message that goes to the topic. So a later run, or a later
 * version of this program, publishes what an earlier one captured without understanding it.
 */
@FunctionalInterface
public interface EventEncoding {

    /** The message in an array that nobody else touches; at least one byte. */
    byte[] encode(CapturedEvent event);
}
