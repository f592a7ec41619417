package kontor.vocabulary;

import java.util.UUID;

/** Names one life of an adapter process. */
public record RunId(UUID value) {

    /**
     * Parses a UUID as text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RunId parse(String text) {
        return new RunId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
