package kontor.gateway.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import kontor.gateway.sampling.Messages;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.statistics.ByteStatistics.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What words of unknown messages are, by what they do. */
class WordFindingsTest {

    /** The tax messages X003 to X034: the rate goes up by 4 each time. */
    @Test
    void theTaxRateOfTheRealGameIsACounterAndThePlayerIsAPlayer() {
        List<Finding> found =
                WordFindings.of(
                        messages(
                                32,
                                i ->
                                        "9ba49b019ea49b014f0800001c000000010000000c000000350000003133"
                                                + "0000%02x000000".formatted(0x44 + 4 * i)),
                        Set.of(0x019BA49BL));
        assertThat(texts(found)).containsExactly("player 0/4 little", "counter 32/4 little");
        assertThat(found.getLast().step()).isEqualTo(4);
        assertThat(found.getLast().share()).isEqualTo(1);
    }

    @Test
    void theSizeOfTheEnvelopeIsTheLengthOfTheMessage() {
        List<Finding> found =
                WordFindings.of(
                        messages(
                                10,
                                i ->
                                        "1e2849031d2849034f080000%02x000000".formatted(8 + i % 3)
                                                + "ab".repeat(i % 3)),
                        Set.of());
        assertThat(texts(found)).containsExactly("length 12/4 little");
        assertThat(found.getFirst().difference()).isEqualTo(-8);
    }

    @Test
    void bytesThatAreSaidTwiceAndBytesOfTheMessageBeforeAreSeen() {
        Random random = new Random(7);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            words.add("%08x".formatted(random.nextInt()));
        }
        List<Finding> found =
                WordFindings.of(
                        messages(
                                40,
                                i ->
                                        words.get(i + 1)
                                                + "00"
                                                + words.get(i + 1)
                                                + "00"
                                                + words.get(i)),
                        Set.of());
        assertThat(texts(found)).containsExactly("earlier 5/4 little", "repeated 10/4 little");
        assertThat(found).extracting(Finding::other).containsExactly(0, 0);
    }

    @Test
    void whatNeverFallsIsRisingAndNotACounter() {
        int[] values = {3, 3, 10, 11, 200, 201, 260, 260, 300};
        List<Finding> found =
                WordFindings.of(
                        messages(
                                9,
                                i ->
                                        "0000"
                                                + "%02x%02x"
                                                        .formatted(values[i] & 0xFF, values[i] >> 8)
                                                + "0000"),
                        Set.of());
        assertThat(texts(found)).containsExactly("rising 2/2 little");
    }

    /** Whatever the bytes: nothing is claimed of noise, and nothing throws. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noiseIsNothing(long seed) {
        Random random = new Random(seed);
        List<Finding> found =
                WordFindings.of(
                        messages(
                                60,
                                i -> {
                                    byte[] bytes = new byte[20 + random.nextInt(5)];
                                    random.nextBytes(bytes);
                                    return HexFormat.of().formatHex(bytes);
                                }),
                        Set.of(0x019BA49BL));
        assertThat(found).isEmpty();
    }

    @Test
    void fewMessagesSayNothing() {
        assertThat(WordFindings.of(messages(3, i -> "0" + i), Set.of())).isEmpty();
        assertThat(WordFindings.of(messages(9, i -> ""), Set.of())).isEmpty();
    }

    private static List<SampledMessage> messages(int count, IntFunction<String> hex) {
        return IntStream.range(0, count)
                .mapToObj(i -> Messages.values(i + 1, hex.apply(i)))
                .toList();
    }

    private static List<String> texts(List<Finding> found) {
        return found.stream()
                .map(one -> one.kind() + " " + one.offset() + "/" + one.width() + " " + one.order())
                .toList();
    }
}
