package kontor.analysis.directplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import kontor.analysis.Captures;
import kontor.analysis.TreeInvariants;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.x642.X642;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/**
 * Real messages with bytes changed, cut off and put in: nothing throws, and every byte is shown.
 */
class MutationTest {

    private static final int ROUNDS = 20_000;
    private static final int FIELD_LIMIT = 200;

    private static final DirectPlay DIRECT_PLAY = new DirectPlay(new X642(), FIELD_LIMIT);
    private static final PlayerIds IDS =
            new PlayerIds(OptionalLong.of(0x0348281C), Map.of(0x0349281EL, "HST"));

    @Test
    void whateverTheBytesNothingThrowsAndEveryByteIsInOneField() {
        long seed = Long.getLong("kontor.seed", 1602);
        Random random = new Random(seed);
        List<Bytes> messages = new ArrayList<>();
        Captures.oracle().forEach(frame -> messages.add(frame.payload()));
        Captures.samples().forEach(sample -> messages.add(sample.datagram()));
        int malformed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Bytes mutant = mutate(messages.get(random.nextInt(messages.size())), random);
            try {
                Dissection onStream = DIRECT_PLAY.onStream(mutant, IDS);
                TreeInvariants.check(onStream.fields(), mutant.length());
                malformed += onStream.problem().isPresent() ? 1 : 0;
                DIRECT_PLAY
                        .onDatagram(mutant, IDS)
                        .ifPresent(found -> TreeInvariants.check(found.fields(), mutant.length()));
            } catch (RuntimeException | Error e) {
                String what = "seed %d, round %d: %s".formatted(seed, round, mutant.toHex());
                throw new AssertionError(what, e);
            }
        }
        assertThat(malformed).isBetween(ROUNDS / 10, ROUNDS);
    }

    private static Bytes mutate(Bytes original, Random random) {
        byte[] bytes = original.toByteArray();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            switch (random.nextInt(4)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                case 1 -> {
                    // Commands and offsets are small numbers in aligned words.
                    int at = random.nextInt(bytes.length) & ~3;
                    bytes[at] = (byte) random.nextInt(0x40);
                }
                case 2 -> bytes[Math.min(24, bytes.length - 1)] = (byte) random.nextInt(0x40);
                default -> {
                    int length = 1 + random.nextInt(bytes.length);
                    bytes = java.util.Arrays.copyOf(bytes, length);
                }
            }
        }
        return Bytes.owning(bytes);
    }
}
