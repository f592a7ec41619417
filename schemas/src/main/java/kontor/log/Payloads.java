package kontor.log;

import com.google.protobuf.ByteString;
import kontor.packets.v1.AdapterEvent;
import kontor.sessions.v1.SessionEvent;
import org.jspecify.annotations.Nullable;

/** The bytes that events carry. */
public final class Payloads {

    private Payloads() {}

    /** What the game sent; null for a kind of event without payload. May be empty. */
    public static @Nullable ByteString of(AdapterEvent event) {
        return switch (event.getWhatCase()) {
            case FLOW_DATA -> event.getFlowData().getPayload();
            case DATAGRAM -> event.getDatagram().getPayload();
            case INJECTION -> event.getInjection().getPayload();
            case RUN_STARTED,
                    RUN_STOPPED,
                    FLOW_OPENED,
                    FLOW_ACCEPTED,
                    FLOW_REFUSED,
                    FLOW_HALF_CLOSED,
                    FLOW_RESET,
                    FLOW_STALLED,
                    FLOW_DRAINED,
                    FLOW_CONFIRMED,
                    DATAGRAMS_MISSED,
                    STRANGER_SEEN,
                    GAME_FROZEN,
                    GAME_THAWED,
                    FREEZE_FAILED,
                    WHAT_NOT_SET ->
                    null;
        };
    }

    /** What the game sent; null where no adapter said it, or there is no payload. */
    public static @Nullable ByteString of(SessionEvent event) {
        return event.hasAdapterEvent() ? of(event.getAdapterEvent()) : null;
    }

    /** What was delivered in place of the event's own payload; null where nothing was. */
    public static @Nullable ByteString delivered(SessionEvent event) {
        return switch (event.getVerdict()) {
            case VERDICT_MUTATED, VERDICT_INJECTED -> event.getDeliveredPayload();
            case VERDICT_UNSPECIFIED,
                    VERDICT_OBSERVED,
                    VERDICT_RELAYED,
                    VERDICT_HELD,
                    VERDICT_DROPPED,
                    VERDICT_UNDELIVERABLE,
                    UNRECOGNIZED ->
                    null;
        };
    }
}
