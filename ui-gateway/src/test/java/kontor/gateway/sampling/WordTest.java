package kontor.gateway.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.vocabulary.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, true, 1, 1",
        "3, 1, true, 0xfe, -2",
        "0, 2, true, 0x0201, 0x0201",
        "0, 2, false, 0x0102, 0x0102",
        "2, 2, true, 0xfe03, -509",
        "0, 4, true, 0xfe030201, -33357311",
        "0, 4, false, 0x010203fe, 0x010203fe"
    })
    void readsNumbersOfAnyWidthAndOrder(
            int offset, int width, boolean isLittle, String number, String signed) {
        Word word = new Word(offset, width, isLittle);
        Bytes content = Bytes.ofHex("010203fe");
        assertThat(word.isIn(content)).isTrue();
        assertThat(word.in(content)).isEqualTo(Long.decode(number));
        assertThat(word.signed(word.in(content))).isEqualTo(Long.decode(signed));
        assertThat(new Word(offset + 4 - width + 1, width, isLittle).isIn(content)).isFalse();
    }
}
