package kontor.gateway.continuity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is held against what. */
public enum Check {
    /** Session sequences are 1, 2, 3 ... without gaps. */
    SESSION_SEQUENCES,
    /** Within each run, adapter sequences follow each other in the order of the session. */
    ADAPTER_SEQUENCES,
    /** Within each partition, the input positions rise in the order of the session. */
    INPUT_OFFSETS,
    /**
     * The first event is session_started, and the last session_ended where the session has ended.
     */
    SESSION_ENDS,
    /** No event of an adapter stands in two rows, of whatever session. */
    RECORDED_ONCE,
    /**
     * Where an adapter says that the broker has more events than there are rows, some are coming.
     */
    ADAPTER_COUNTERS,
    /** Received = observed + relayed + mutated + held + dropped + undeliverable. */
    EQUATION,
    /** Each payload has the CRC-32C that its adapter reckoned, reckoned again from the row. */
    PAYLOAD_CHECKSUMS,
    /** In each direction of a TCP flow, each piece begins where the one before ended. */
    STREAM_OFFSETS,
    /** What was relayed, mutated or injected was delivered to somebody. */
    DELIVERIES,
    /** Within each target run, command sequences follow each other in the order of the session. */
    COMMAND_SEQUENCES,
    /** Each delivery has exactly one receipt by the run that it went to. */
    RECEIPTS,
    /** Each receipt is for the event and the bytes of its delivery. */
    RECEIPT_CONTENTS,
    /** Each command was carried out, or its own game had ended the flow before. */
    CARRIED_OUT,
    /** Deep: the records of kontor.session-events are the rows, bytes and all. */
    SESSION_LOG,
    /**
     * Deep: each row comes from its record of kontor.packets, and each new record came to a row.
     */
    PACKETS;

    /** Whether it reads the topics again; made only when asked for. */
    boolean deep() {
        return this == SESSION_LOG || this == PACKETS;
    }

    /** By its name in the API. */
    @JsonCreator
    static Check of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** As the API calls it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
