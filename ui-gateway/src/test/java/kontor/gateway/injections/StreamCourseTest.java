package kontor.gateway.injections;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import kontor.gateway.injections.Messages.Piece;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCourseTest {

    private final StreamCourse course = new StreamCourse();
    private long end;

    private static Bytes message(int size) {
        ByteBuffer message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        return Bytes.owning(message.putInt(0, 0xFAB << 20 | size).array());
    }

    private void write(Bytes bytes) {
        course.on(new Piece(1, end, bytes));
        end += bytes.length();
    }

    @Test
    void aStreamOfWhichNothingHasComeIsAtABoundary() {
        assertThat(course.boundary()).isEqualTo(OptionalLong.of(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 19, 20, 33, 1_000})
    void onlyWhereAMessageEndsIsABoundaryWhateverThePiecesAre(int most) {
        Bytes stream = message(20).plus(message(47)).plus(message(1_000));
        for (int at = 0; at < stream.length(); at += most) {
            write(stream.slice(at, Math.min(most, stream.length() - at)));
            boolean between = end == 20 || end == 67 || end == 1_067;
            assertThat(course.boundary())
                    .as("behind %d", end)
                    .isEqualTo(between ? OptionalLong.of(end) : OptionalLong.empty());
        }
    }

    @Test
    void aMessageInsideAMessageIsNoBoundary() {
        Bytes inner = message(30);
        write(message(70).slice(0, 40));
        write(inner.slice(0, 25));
        write(inner.from(25).slice(0, 4));

        assertThat(course.boundary()).isEmpty();
        write(inner.from(29));
        assertThat(course.boundary()).isEqualTo(OptionalLong.of(70));
    }

    @Test
    void somethingElseAndAHoleAreNotFollowed() {
        write(message(20));
        write(Bytes.ofHex("47455420").plus(message(20)));
        assertThat(course.isBroken()).isTrue();
        assertThat(course.boundary()).isEmpty();

        StreamCourse other = new StreamCourse();
        other.on(new Piece(1, 0, message(20)));
        other.on(new Piece(2, 21, message(20)));
        assertThat(other.isBroken()).isTrue();
    }
}
