package kontor.analysis.directplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import kontor.analysis.Captures;
import kontor.analysis.TreeInvariants;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.x642.X642;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/**
 * A million messages: those of stand-in games, and real ones where they are at hand, with bytes
 * changed, cut off, repeated and joined. Nothing throws, nothing takes long, the fields have a
 * bound, and every byte is in one field.
 */
class MutationTest {

    /** {@code -Dkontor.mutations} for more. */
    private static final int ROUNDS = Integer.getInteger("kontor.mutations", 1_000_000);

    private static final String VALUES =
            "9ba49b019ea49b014f0800001c000000010000000c000000350000003133000044000000";

    private static final int FIELD_LIMIT = 200;
    private static final int LENGTH_LIMIT = 2000;
    private static final DirectPlay DIRECT_PLAY = new DirectPlay(new X642(), FIELD_LIMIT);
    private static final PlayerIds IDS =
            new PlayerIds(OptionalLong.of(0x0348281C), Map.of(0x0349281EL, "HST"));

    @Test
    void whateverTheBytesNothingThrowsAndEveryByteIsInOneField() {
        long seed = Long.getLong("kontor.seed", 1602);
        List<Bytes> messages = messages();
        long malformed =
                LongStream.range(0, 8)
                        .parallel()
                        .map(part -> mutants(seed + part, messages, ROUNDS / 8))
                        .sum();
        assertThat(malformed).isBetween(ROUNDS / 10L, (long) ROUNDS);
    }

    /** Dissects so many; how many of them had a problem. */
    private static long mutants(long seed, List<Bytes> messages, int rounds) {
        Random random = new Random(seed);
        long malformed = 0;
        for (int round = 0; round < rounds; round++) {
            Bytes mutant = mutate(messages, random);
            try {
                Dissection found =
                        switch (random.nextInt(3)) {
                            case 0 -> DIRECT_PLAY.onStream(mutant, IDS);
                            case 1 -> DIRECT_PLAY.onReassembled(mutant, IDS);
                            default ->
                                    DIRECT_PLAY
                                            .onDatagram(mutant, IDS)
                                            .orElseGet(() -> DIRECT_PLAY.onStream(mutant, IDS));
                        };
                TreeInvariants.check(found.fields(), mutant.length());
                DirectPlay.toldBy(found);
                malformed += found.problem().isPresent() ? 1 : 0;
            } catch (RuntimeException | Error e) {
                String what = "seed %d, round %d: %s".formatted(seed, round, mutant.toHex());
                throw new AssertionError(what, e);
            }
        }
        return malformed;
    }

    private static List<Bytes> messages() {
        List<Bytes> messages = new ArrayList<>();
        Captures.example().forEach(frame -> messages.add(frame.payload()));
        messages.add(Bytes.ofHex(VALUES));
        if (Captures.hasReal()) {
            Captures.oracle().forEach(frame -> messages.add(frame.payload()));
            Captures.samples().forEach(sample -> messages.add(sample.datagram()));
        }
        return messages;
    }

    private static Bytes mutate(List<Bytes> messages, Random random) {
        byte[] bytes = messages.get(random.nextInt(messages.size())).toByteArray();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            switch (random.nextInt(6)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                case 1 -> {
                    // Commands and offsets are small numbers in aligned words.
                    int at = random.nextInt(bytes.length) & ~3;
                    bytes[at] = (byte) random.nextInt(0x40);
                }
                case 2 -> bytes[Math.min(24, bytes.length - 1)] = (byte) random.nextInt(0x40);
                case 3 -> {
                    byte[] other = messages.get(random.nextInt(messages.size())).toByteArray();
                    int from = random.nextInt(other.length);
                    bytes = Arrays.copyOf(joined(bytes, other, from), LENGTH_LIMIT);
                    bytes = Arrays.copyOf(bytes, 1 + random.nextInt(LENGTH_LIMIT / 4));
                }
                case 4 -> {
                    int at = random.nextInt(bytes.length) & ~3;
                    Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0xFF);
                }
                default -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            }
        }
        return Bytes.owning(bytes);
    }

    private static byte[] joined(byte[] one, byte[] other, int from) {
        byte[] all = Arrays.copyOf(one, one.length + other.length - from);
        System.arraycopy(other, from, all, one.length, other.length - from);
        return all;
    }
}
