package kontor.gateway.continuity;

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
    /** Received = observed + relayed + mutated + held + dropped + undeliverable. */
    EQUATION,
    /** Each payload has the CRC-32C that its adapter reckoned, reckoned again from the row. */
    PAYLOAD_CHECKSUMS,
    /** In each direction of a TCP flow, each piece begins where the one before ended. */
    STREAM_OFFSETS,
    /** Each delivery has exactly one receipt by the run that it went to. */
    RECEIPTS,
    /** Each command was carried out, or its own game had ended the flow before. */
    CARRIED_OUT;

    /** As the API calls it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
