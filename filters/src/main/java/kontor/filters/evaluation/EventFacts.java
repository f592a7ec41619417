package kontor.filters.evaluation;

import java.time.Instant;
import java.util.List;
import kontor.filters.expression.Value.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What filters can ask about an event. Null is what does not apply.
 *
 * @param type flow_data, datagram ...
 * @param at at the adapter's socket; without adapter, when sequenced
 * @param sessionStartedAt when the session's first event was sequenced
 * @param instance whose adapter saw it
 * @param to its recipients
 * @param payload null if this kind of event has none
 * @param delivered null if that is the payload
 * @param markers labels that people gave this moment
 */
public record EventFacts(
        long sequence,
        String type,
        Instant at,
        @Nullable Instant sessionStartedAt,
        @Nullable String instance,
        List<String> to,
        String verdict,
        @Nullable Flow flow,
        @Nullable Octets payload,
        @Nullable Octets delivered,
        List<String> markers) {

    public EventFacts {
        to = List.copyOf(to);
        markers = List.copyOf(markers);
    }

    /** The same with the start of its session. */
    public EventFacts in(@Nullable Instant startedAt) {
        return new EventFacts(
                sequence, type, at, startedAt, instance, to, verdict, flow, payload, delivered,
                markers);
    }

    /**
     * The flow of an event, in the event's direction.
     *
     * @param protocol tcp, udp
     * @param sourceAddress null if there is none that is an address
     */
    public record Flow(
            int number,
            String protocol,
            @Nullable String sourceAddress,
            int sourcePort,
            @Nullable String targetAddress,
            int targetPort) {}
}
