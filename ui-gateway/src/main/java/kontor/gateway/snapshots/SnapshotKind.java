package kontor.gateway.snapshots;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is done with a snapshot. */
public enum SnapshotKind {
    TAKE,
    RESTORE;

    /** As the API calls it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
