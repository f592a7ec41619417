package kontor.gateway.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import kontor.gateway.finding.FoundSeries.Place;
import kontor.gateway.sampling.Messages;
import kontor.gateway.sampling.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesSearchTest {

    private static final Sample SAMPLE = new Sample(1L, 1L, 1, true);

    /** Samples X039 to X046: the store shows 1 to 8 t of wood, and the message counts in 1/32 t. */
    @Test
    void theTonnesOnTheScreenAreTheThirtySecondsInTheMessage() {
        SeriesSearch search = new SeriesSearch(LongStream.rangeClosed(1, 8).boxed().toList());
        for (int i = 1; i <= 8; i++) {
            search.add(Messages.values(i, wood(32 * i)));
        }
        Place best = search.result(SAMPLE).places().getFirst();
        assertThat(best)
                .isEqualTo(
                        new Place(
                                "x642", "VALUES", "game1", 32, 4, "little", "scaled", 32, 0, 1, 8,
                                7));
    }

    @Test
    void anEqualSeriesGoesBeforeAllOthersAndRepetitionsDoNotMatter() {
        List<Long> money = List.of(9297L, 9298L, 9310L, 9300L);
        SeriesSearch search = new SeriesSearch(money);
        long[] sent = {5, 9297, 9297, 9298, 9310, 9310, 9300, 17};
        for (int i = 0; i < sent.length; i++) {
            search.add(Messages.values(i + 1, wood((int) sent[i])));
        }
        Place best = search.result(SAMPLE).places().getFirst();
        assertThat(best.match()).isEqualTo("equal");
        assertThat(best.offset()).isEqualTo(32);
        assertThat(best.width()).isEqualTo(4);
        assertThat(best.first()).isEqualTo(2);
        assertThat(best.last()).isEqualTo(7);
        assertThat(best.changes()).isEqualTo(5);
    }

    @Test
    void aSeriesPlusAConstantAndOneWithOthersBetweenAreFound() {
        SeriesSearch shifted = new SeriesSearch(List.of(1L, 2L, 5L));
        for (int number : new int[] {1001, 1002, 1005}) {
            shifted.add(Messages.values(number, wood(number)));
        }
        assertThat(shifted.result(SAMPLE).places().getFirst())
                .satisfies(place -> assertThat(place.match()).isEqualTo("shifted"))
                .satisfies(place -> assertThat(place.difference()).isEqualTo(1000));

        SeriesSearch inOrder = new SeriesSearch(List.of(1001L, 1003L, 1009L));
        for (int number = 1000; number < 1012; number++) {
            inOrder.add(Messages.values(number, wood(number)));
        }
        assertThat(inOrder.result(SAMPLE).places().getFirst())
                .satisfies(place -> assertThat(place.match()).isEqualTo("inOrder"))
                .satisfies(place -> assertThat(place.first()).isEqualTo(1001))
                .satisfies(place -> assertThat(place.last()).isEqualTo(1009));
    }

    @Test
    void numbersBelowZeroAreReadSigned() {
        SeriesSearch search = new SeriesSearch(List.of(10L, -20L, 300L));
        for (int number : new int[] {10, -20, 300}) {
            search.add(Messages.values(1, wood(number)));
        }
        assertThat(search.result(SAMPLE).places().getFirst().match()).isEqualTo("equal");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aSeriesThatWasHiddenInNoiseIsFound(long seed) {
        Random random = new Random(seed);
        List<Long> series = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            series.add((long) random.nextInt(1 << 16));
        }
        SeriesSearch search = new SeriesSearch(series);
        int at = random.nextInt(20);
        for (int i = 0; i < 40; i++) {
            StringBuilder hex = new StringBuilder();
            for (int n = 0; n < 20; n++) {
                hex.append("%02x".formatted(random.nextInt(256)));
            }
            long number = i >= 10 && i < 15 ? series.get(i - 10) : random.nextInt(1 << 16);
            hex.insert(2 * at, "%02x%02x".formatted(number >> 8, number & 0xFF));
            search.add(Messages.values(i, hex.toString()));
        }
        Place best = search.result(SAMPLE).places().getFirst();
        assertThat(best.match()).isEqualTo("equal");
        assertThat(best.offset()).isEqualTo(at);
        assertThat(best.order()).isEqualTo("big");
        assertThat(best.first()).isEqualTo(10);
        assertThat(best.last()).isEqualTo(14);
    }

    @Test
    void manyKindsOfLongMessagesDoNotFillTheMemory() {
        SeriesSearch search = new SeriesSearch(List.of(1L, 2L));
        for (int i = 0; i < 200; i++) {
            search.add(Messages.message(i, "T" + i, "game1", Duration.ZERO, "00".repeat(256)));
        }
        assertThat(search.result(SAMPLE).overfull()).isTrue();
    }

    private static String wood(int amount) {
        return "9ba49b019ea49b014f0800001c000000010000000c0000003500000014121700"
                + "%08x".formatted(Integer.reverseBytes(amount));
    }
}
