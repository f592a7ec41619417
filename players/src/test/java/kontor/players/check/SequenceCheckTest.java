package kontor.players.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

class SequenceCheckTest {

    @Test
    void theSameIsExact() {
        assertThat(check("a b c b", "a b c b").exact()).isTrue();
        assertThat(check("", "").exact()).isTrue();
    }

    @Test
    void eachFaultHasItsName() {
        assertThat(check("a b c", "a c")).isEqualTo(new SequenceCheck(3, 2, 1, 0, 0, 0, 0));
        assertThat(check("a b c", "a b b c")).isEqualTo(new SequenceCheck(3, 4, 0, 1, 0, 0, 0));
        assertThat(check("a b c", "a c b")).isEqualTo(new SequenceCheck(3, 3, 0, 0, 1, 0, 0));
        assertThat(check("a b c", "a x c")).isEqualTo(new SequenceCheck(3, 3, 0, 0, 0, 1, 0));
        assertThat(check("a b c", "a b c x")).isEqualTo(new SequenceCheck(3, 4, 0, 0, 0, 0, 1));
    }

    @Test
    void oneThatWasOvertakenByManyCountsOnce() {
        assertThat(check("a b c d e", "b c d e a").reordered()).isEqualTo(1);
    }

    @Test
    void aStreamTellsWhereItDiffers() {
        assertThat(StreamCheck.of(Bytes.ofHex("0102"), Bytes.ofHex("0102")).exact()).isTrue();
        assertThat(StreamCheck.of(Bytes.ofHex("0102"), Bytes.ofHex("0103")).mismatchAt())
                .isEqualTo(1);
        assertThat(StreamCheck.of(Bytes.ofHex("0102"), Bytes.ofHex("01")).mismatchAt())
                .isEqualTo(1);
        assertThat(StreamCheck.of(Bytes.empty(), Bytes.ofHex("01")).mismatchAt()).isZero();
    }

    private static SequenceCheck check(String sent, String received) {
        return SequenceCheck.of(messages(sent), messages(received));
    }

    private static List<Bytes> messages(String letters) {
        return Stream.of(letters.split(" "))
                .filter(letter -> !letter.isEmpty())
                .map(letter -> Bytes.copyOf((byte) letter.charAt(0)))
                .toList();
    }
}
