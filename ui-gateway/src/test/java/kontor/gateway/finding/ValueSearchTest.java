package kontor.gateway.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import kontor.gateway.finding.FoundValue.Hit;
import kontor.gateway.sampling.Messages;
import kontor.gateway.sampling.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSearchTest {

    private static final Sample SAMPLE = new Sample(1L, 1L, 1, true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    9297   | ffff5124ff               | 2/2 little
                    9297   | ffff2451ff               | 2/2 big
                    9297   | ff51240000ff             | 1/4 little
                    9297   | ff00002451ff             | 1/4 big
                    9297   | 5124000000000000         | 0/8 little
                    9297   | 0000000000002451ff       | 0/8 big
                    9297   | 5124ff2451               | 0/2 little,3/2 big
                    5      | ff05ff                   | 1/1 little
                    5      | ff0005ff                 | 1/2 big
                    5      | ff0500ff                 | 1/2 little
                    -1     | 00ffff00                 | 1/2 big,1/2 little
                    -2     | 00feffffff00             | 1/4 little
                    0x2451 | 5124                     | 0/2 little
                    70000  | ff70110100               | 1/4 little
                    9297   | ff24ff51                 |
                    """)
    void findsANumberInAnyWidthAndOrder(String value, String hex, @Nullable String places) {
        assertThat(places(search(Long.decode(value), 1, hex)))
                .isEqualTo(places == null ? List.of() : List.of(places.split(",")));
    }

    @Test
    void aNumberOfOneByteCanBeLookedForInWiderWordsAlone() {
        assertThat(places(search(5, 4, "0505000000ff000005"))).containsExactly("1/4 little");
    }

    /** The money of sample X037: 9297 at its end. */
    @Test
    void findsTheTreasuryWithItsPlaceInTheMessage() {
        ValueSearch search = new ValueSearch(9297, 1);
        String head = "9ba49b019ea49b014f08000028000000" + "020000000c000000";
        String food = "3500000014120e00be030000";
        search.add(Messages.values(7, head + food + "39ff00002c00000051240000"));
        search.add(Messages.values(9, head + food + "39ff00002c00000051240000"));
        search.add(Messages.values(12, head + food + "39ff00002c00000052240000"));
        FoundValue found = search.result(SAMPLE);
        assertThat(found.occurrences()).isEqualTo(2);
        assertThat(found.places())
                .containsExactly(new FoundValue.Place("x642", "VALUES", 44, 4, "little", 2, 7, 9));
        assertThat(found.hits().getLast())
                .isEqualTo(new Hit(9, 0, "anno", "x642", "VALUES", "game1", 44, 4, "little"));
    }

    /** Wherever it is put, in whatever way: it is found there. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatWasPutThereIsFoundThere(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int width = 1 << random.nextInt(4);
            long value = random.nextLong() >> (Long.SIZE - 8 * width + random.nextInt(8 * width));
            boolean isLittle = random.nextBoolean();
            byte[] bytes = new byte[8 + random.nextInt(40)];
            random.nextBytes(bytes);
            int offset = random.nextInt(bytes.length - width + 1);
            ByteBuffer word =
                    ByteBuffer.allocate(8)
                            .order(isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                            .putLong(value);
            System.arraycopy(word.array(), isLittle ? 0 : 8 - width, bytes, offset, width);
            FoundValue found = search(value, 1, HexFormat.of().formatHex(bytes));
            assertThat(found.hits())
                    .as("%d in %s", value, HexFormat.of().formatHex(bytes))
                    .anyMatch(hit -> isIn(hit, offset, width) || isAround(hit, offset, width));
        }
    }

    private static boolean isIn(Hit hit, int offset, int width) {
        return hit.offset() >= offset && hit.offset() + hit.width() <= offset + width;
    }

    private static boolean isAround(Hit hit, int offset, int width) {
        return hit.offset() <= offset && offset + width <= hit.offset() + hit.width();
    }

    @Test
    void howeverOftenItIsThereTheNewestAreKept() {
        ValueSearch search = new ValueSearch(0x1234, 1);
        for (int i = 0; i < 1000; i++) {
            search.add(Messages.values(i, "ff3412ff"));
        }
        FoundValue found = search.result(SAMPLE);
        assertThat(found.occurrences()).isEqualTo(1000);
        assertThat(found.hits()).hasSize(ValueSearch.MOST_HITS);
        assertThat(found.hits().getLast().sequence()).isEqualTo(999);
    }

    private static FoundValue search(long value, int width, String hex) {
        ValueSearch search = new ValueSearch(value, width);
        search.add(Messages.values(1, hex));
        return search.result(SAMPLE);
    }

    private static List<String> places(FoundValue found) {
        return found.hits().stream()
                .map(hit -> "%d/%d %s".formatted(hit.offset(), hit.width(), hit.order()))
                .sorted()
                .toList();
    }
}
