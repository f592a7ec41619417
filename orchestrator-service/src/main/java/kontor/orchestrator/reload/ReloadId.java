package kontor.orchestrator.reload;

import java.util.UUID;

/** One reload; chosen by who asked for it. The freeze that belongs to it has the same id. */
public record ReloadId(UUID value) {

    /**
     * @throws IllegalArgumentException if the text is no UUID
     */
    public static ReloadId parse(String text) {
        return new ReloadId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
