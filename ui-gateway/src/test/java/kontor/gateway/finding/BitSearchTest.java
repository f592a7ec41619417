package kontor.gateway.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kontor.gateway.finding.BitSearch.Stretch;
import kontor.gateway.finding.FoundBits.Bit;
import kontor.gateway.finding.FoundBits.Window;
import kontor.gateway.sampling.Messages;
import kontor.gateway.sampling.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitSearchTest {

    private static final Sample SAMPLE = new Sample(1L, 1L, 1, true);

    @Test
    void aBitThatChangedInTheWindowAndNeverBeforeIsFound() {
        BitSearch search = new BitSearch(List.of(new Stretch(10, 20)));
        search.add(Messages.values(1, "0000"));
        search.add(Messages.values(5, "0100"));
        search.add(Messages.values(12, "0004"));
        search.add(Messages.values(18, "0004"));
        // Behind the window it may do what it likes.
        search.add(Messages.values(25, "0000"));
        FoundBits found = search.result(SAMPLE);
        assertThat(found.bits())
                .containsExactly(new Bit("x642", "VALUES", "game1", 1, 2, List.of(12L), 0, 1));
        assertThat(found.windows()).containsExactly(new Window(10, 20, 2));
        assertThat(found.found()).isEqualTo(1);
    }

    @Test
    void repeatingNarrows() {
        BitSearch once = new BitSearch(List.of(new Stretch(2, 2)));
        BitSearch twice = new BitSearch(List.of(new Stretch(2, 2), new Stretch(4, 4)));
        String[] messages = {"00", "03", "03", "02", "02"};
        for (int i = 0; i < messages.length; i++) {
            once.add(Messages.values(i + 1, messages[i]));
            twice.add(Messages.values(i + 1, messages[i]));
        }
        assertThat(once.result(SAMPLE).bits()).extracting(Bit::bit).containsExactly(0, 1);
        assertThat(twice.result(SAMPLE).bits())
                .containsExactly(new Bit("x642", "VALUES", "game1", 0, 0, List.of(2L, 4L), 0, 0));
    }

    @Test
    void messagesOfOtherTypesAndSendersAreNotCompared() {
        BitSearch search = new BitSearch(List.of(new Stretch(2, 9)));
        search.add(Messages.message(1, "A", "game1", Duration.ZERO, "00"));
        search.add(Messages.message(2, "A", "game2", Duration.ZERO, "ff"));
        search.add(Messages.message(3, "B", "game1", Duration.ZERO, "ff"));
        search.add(Messages.message(4, "A", "game2", Duration.ZERO, "fe"));
        assertThat(search.result(SAMPLE).bits())
                .singleElement()
                .satisfies(bit -> assertThat(bit.from()).isEqualTo("game2"));
    }

    /** Against the plain definition: changed in all windows and nowhere else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void agreesWithTheDefinition(long seed) {
        Random random = new Random(seed);
        List<Stretch> windows = List.of(new Stretch(20, 25), new Stretch(40, 49));
        int[] messages = new int[60];
        int now = 0;
        for (int i = 1; i < messages.length; i++) {
            boolean inside = windows.get(0).has(i) || windows.get(1).has(i);
            now ^= random.nextInt(1 << 16) & (inside ? 0xFFF0 : 0x0F0F);
            messages[i] = now;
        }
        BitSearch search = new BitSearch(windows);
        for (int i = 1; i < messages.length; i++) {
            search.add(Messages.values(i, "%04x".formatted(messages[i])));
        }
        Set<Integer> expected = new HashSet<>();
        for (int bit = 0; bit < 16; bit++) {
            Set<Integer> changed = new HashSet<>();
            for (int i = 2; i < 50; i++) {
                if ((((messages[i] ^ messages[i - 1]) >>> bit) & 1) == 1) {
                    changed.add(windows.get(0).has(i) ? 0 : windows.get(1).has(i) ? 1 : -1);
                }
            }
            if (changed.equals(Set.of(0, 1))) {
                expected.add(bit);
            }
        }
        Set<Integer> found = new HashSet<>();
        search.result(SAMPLE).bits().forEach(bit -> found.add(8 * (1 - bit.offset()) + bit.bit()));
        assertThat(found).isEqualTo(expected);
    }
}
