package kontor.gateway.snapshots;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a request; no launcher has answered a REQUESTED one. */
public enum SnapshotState {
    REQUESTED,
    RUNNING,
    DONE,
    REFUSED,
    FAILED;

    /** Nothing follows it. */
    public boolean isFinal() {
        return this != REQUESTED && this != RUNNING;
    }

    /** As the API calls it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
