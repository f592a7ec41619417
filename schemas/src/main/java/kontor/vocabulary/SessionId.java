package kontor.vocabulary;

import java.util.UUID;

/** Names one recorded multiplayer game. */
public record SessionId(UUID value) {

    /**
     * Parses a UUID as text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SessionId parse(String text) {
        return new SessionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
