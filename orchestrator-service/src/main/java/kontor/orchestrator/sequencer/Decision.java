package kontor.orchestrator.sequencer;

import java.util.List;

/**
 * What becomes of one input.
 *
 * @param events to be written and folded in this order; only the last can have deliveries
 */
public record Decision(Arrival arrival, List<SessionEvent> events) {

    /** How an input stands to those of its run before it. */
    public enum Arrival {
        /** The next of its run, or an input that belongs to no run. */
        IN_ORDER,
        /** One that was had before: nothing becomes of it. */
        DUPLICATE,
        /** Adapter sequences are missing before it. It is taken all the same. */
        AFTER_GAP
    }

    public Decision {
        events = List.copyOf(events);
    }

    static Decision of(List<SessionEvent> events) {
        return new Decision(Arrival.IN_ORDER, events);
    }
}
