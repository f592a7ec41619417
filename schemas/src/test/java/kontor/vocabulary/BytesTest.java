package kontor.vocabulary;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void aCopyDoesNotSeeWhatBecomesOfItsOrigin() {
        byte[] origin = {1, 2, 3};
        Bytes bytes = Bytes.copyOf(origin);
        origin[0] = 9;
        assertThat(bytes).isEqualTo(Bytes.ofHex("010203"));
    }

    @Test
    void slicesAreEqualByContentWhereverTheyWereCutFrom() {
        Bytes bytes = Bytes.ofHex("0001020001");
        assertThat(bytes.slice(0, 2)).isEqualTo(bytes.slice(3, 2)).hasSameHashCodeAs(bytes.from(3));
        assertThat(bytes.slice(1, 3).slice(1, 1)).isEqualTo(Bytes.ofHex("02"));
        assertThat(bytes.slice(1, 2).compact()).isEqualTo(Bytes.ofHex("0102"));
        assertThat(bytes.slice(5, 0)).isEqualTo(Bytes.empty());
    }

    @Test
    void nothingReadsOutsideASlice() {
        Bytes slice = Bytes.ofHex("00010203").slice(1, 2);
        assertThat(slice.unsignedAt(1)).isEqualTo(2);
        assertThatThrownBy(() -> slice.unsignedAt(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(slice.asByteBuffer().remaining()).isEqualTo(2);
    }

    @Test
    void joinsSlices() {
        Bytes bytes = Bytes.ofHex("00010203");
        assertThat(bytes.slice(2, 2).plus(bytes.slice(0, 1))).isEqualTo(Bytes.ofHex("020300"));
        assertThat(Bytes.empty().plus(bytes)).isSameAs(bytes);
    }

    /** The check value that the CRC catalogue gives for CRC-32C. */
    @Test
    void theChecksumIsCastagnolis() {
        assertThat(Bytes.copyOf("123456789".getBytes(US_ASCII)).crc32c()).isEqualTo(0xE3069283);
    }
}
