package kontor.gateway.reloads;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In the order of control_event.proto; nobody has answered a REQUESTED one. */
public enum ReloadPhase {
    REQUESTED,
    ANNOUNCED,
    FREEZING,
    RESTARTING,
    HANDING_OVER,
    VERIFYING,
    THAWING,
    COMPLETED,
    FAILED;

    /** Nothing follows it. */
    public boolean isFinal() {
        return this == COMPLETED || this == FAILED;
    }

    /** As the API calls it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
