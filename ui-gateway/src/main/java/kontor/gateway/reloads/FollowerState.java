package kontor.gateway.reloads;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** As in control_event.proto. */
public enum FollowerState {
    STARTING,
    RUNNING,
    WAITING,
    HALTED;

    /** As the API calls it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
