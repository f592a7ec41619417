package kontor.gateway.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kontor.gateway.sampling.Messages;
import kontor.gateway.statistics.ByteStatistics.Column;
import kontor.gateway.statistics.ByteStatistics.ValueCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteFoldTest {

    private final ByteFold fold = new ByteFold();

    @Test
    void tellsWhatVariesAndInWhichBits() {
        fold.add(Messages.values(1, "9b00"));
        fold.add(Messages.values(2, "9b01"));
        fold.add(Messages.values(3, "9b02ff"));
        fold.add(Messages.values(4, "9b03"));
        assertThat(fold.columns())
                .containsExactly(
                        new Column(
                                0,
                                4,
                                1,
                                0x9b,
                                0x9b,
                                true,
                                0,
                                0,
                                List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
                                List.of(new ValueCount(0x9b, 4))),
                        new Column(
                                1,
                                4,
                                4,
                                0,
                                3,
                                false,
                                2,
                                3,
                                List.of(3L, 1L, 0L, 0L, 0L, 0L, 0L, 0L),
                                IntStream.range(0, 4)
                                        .mapToObj(value -> new ValueCount(value, 1))
                                        .toList()),
                        new Column(
                                2,
                                1,
                                1,
                                0xff,
                                0xff,
                                true,
                                0,
                                0,
                                List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
                                List.of(new ValueCount(0xff, 1))));
    }

    @Test
    void tellsTheMostFrequentValuesWithTheirNumbersTheMostFrequentFirst() {
        for (int value = 0; value < 20; value++) {
            for (int times = 0; times <= value / 2; times++) {
                fold.add(Messages.values(100 * value + times, "%02x".formatted(value)));
            }
        }
        Column column = fold.columns().getFirst();
        assertThat(column.distinct()).isEqualTo(20);
        assertThat(column.values())
                .hasSize(16)
                .startsWith(new ValueCount(18, 10), new ValueCount(19, 10), new ValueCount(16, 9))
                .endsWith(new ValueCount(5, 3));
    }

    @Test
    void comparesOnlyMessagesOfOneSender() {
        fold.add(Messages.message(1, "V", "game1", Duration.ZERO, "00"));
        fold.add(Messages.message(2, "V", "game2", Duration.ZERO, "ff"));
        fold.add(Messages.message(3, "V", "game1", Duration.ZERO, "00"));
        fold.add(Messages.message(4, "V", "game2", Duration.ZERO, "ff"));
        assertThat(fold.columns().getFirst().changes()).isZero();
        assertThat(fold.columns().getFirst().entropy()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void flipsAreChangesAndEntropyHasItsBounds(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder hex = new StringBuilder();
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                hex.append("%02x".formatted(random.nextInt(1 << random.nextInt(9))));
            }
            fold.add(Messages.values(i, hex.toString()));
        }
        for (Column column : fold.columns()) {
            long flips = column.flips().stream().mapToLong(Long::longValue).sum();
            assertThat(flips).isBetween(column.changes(), 8 * column.changes());
            assertThat(column.flips()).allMatch(flip -> flip <= column.changes());
            assertThat(column.entropy())
                    .isBetween(0.0, Math.log(column.distinct()) / Math.log(2) + 0.001);
            assertThat(column.constant()).isEqualTo(column.distinct() == 1);
            assertThat(column.least()).isLessThanOrEqualTo(column.most());
        }
    }
}
