package kontor.gateway.sampling;

import java.time.Duration;
import java.time.Instant;
import kontor.vocabulary.Bytes;

/** Messages for tests. */
public final class Messages {

    public static final Instant BEGIN = Instant.parse("2026-11-28T12:00:00Z");

    private Messages() {}

    /** A VALUES message of game1, a second after the one before. */
    public static SampledMessage values(long sequence, String hex) {
        return message(sequence, "VALUES", "game1", Duration.ofSeconds(sequence), hex);
    }

    public static SampledMessage message(
            long sequence, String type, String from, Duration after, String hex) {
        Bytes content = Bytes.ofHex(hex);
        return new SampledMessage(
                sequence,
                0,
                "anno",
                "x642",
                type,
                from,
                null,
                BEGIN.plus(after),
                content.length(),
                content);
    }
}
