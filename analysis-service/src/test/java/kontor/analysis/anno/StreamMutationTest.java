package kontor.analysis.anno;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import kontor.analysis.Captures;
import kontor.analysis.dissect.Field;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/**
 * Streams of real messages with everything wrong at once: junk, wrong bytes, cuts, holes, sessions
 * that end. Nothing throws, every byte comes out once, and reading again gives the same result.
 */
class StreamMutationTest {

    /** {@code -Dkontor.streams} for more. */
    private static final int ROUNDS = Integer.getInteger("kontor.streams", 4_000);

    @Test
    void whateverIsInAStreamEveryByteComesOutOnceAndAgainTheSame() {
        long seed = Long.getLong("kontor.seed", 1602);
        List<Bytes> messages = new ArrayList<>(SampleMessages.made());
        if (Captures.hasReal()) {
            messages.addAll(SampleMessages.captured());
        }
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try {
                List<Streams> once = play(messages, new Random(seed + round));
                List<Streams> again = play(messages, new Random(seed + round));
                for (int i = 0; i < once.size(); i++) {
                    assertThat(again.get(i).messages()).isEqualTo(once.get(i).messages());
                    once.get(i).messages().stream()
                            .flatMap(message -> message.fields().stream())
                            .flatMap(Field::flatten)
                            .forEach(FieldsTest::checkDeclared);
                    found += once.get(i).whole().size();
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertThat(found).isGreaterThan(2 * ROUNDS);
    }

    /** One stream, which some sessions share. */
    private static List<Streams> play(List<Bytes> messages, Random random) {
        Bytes bytes = stream(messages, random);
        List<Streams> sessions = new ArrayList<>(List.of(new Streams()));
        int at = 0;
        while (at < bytes.length()) {
            int length = Math.min(1 + random.nextInt(200), bytes.length() - at);
            switch (random.nextInt(12)) {
                case 0 -> sessions.getLast().lose(length);
                case 1 -> {
                    Streams ended = sessions.getLast().endSession();
                    sessions.add(new Streams(at, ended.boundaries()));
                    sessions.getLast().write(bytes.slice(at, length));
                }
                default -> sessions.getLast().write(bytes.slice(at, length));
            }
            at += length;
        }
        sessions.getLast().end();
        return sessions;
    }

    private static Bytes stream(List<Bytes> messages, Random random) {
        List<Bytes> shuffled = new ArrayList<>(messages);
        Collections.shuffle(shuffled, random);
        List<Bytes> parts = new ArrayList<>();
        for (Bytes message : shuffled.subList(0, 7)) {
            byte[] changed = message.toByteArray();
            switch (random.nextInt(8)) {
                case 0 -> parts.add(Streams.junk(random, random.nextInt(100)));
                case 1 -> changed[random.nextInt(4)] ^= (byte) (1 << random.nextInt(8));
                case 2 -> changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                default -> {}
            }
            parts.add(Bytes.owning(changed));
        }
        return Streams.join(parts);
    }
}
