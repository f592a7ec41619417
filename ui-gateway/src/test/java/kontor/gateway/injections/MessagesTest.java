package kontor.gateway.injections;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import kontor.gateway.injections.Messages.Piece;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static Bytes message(int size) {
        ByteBuffer message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        return Bytes.owning(message.putInt(0, 0xFAB << 20 | size).array());
    }

    @Test
    void aStreamThatEndsWithAMessageHasItsBoundaryThere() {
        Piece first = new Piece(1, 1_000, message(40).plus(message(30)));
        Piece last = new Piece(1, first.end(), message(25));

        assertThat(Messages.boundary(List.of(first, last))).isEqualTo(OptionalLong.of(1_095));
    }

    @Test
    void aMessageInSeveralPiecesIsFollowedBackToItsBeginning() {
        Bytes message = message(60);
        Piece first = new Piece(1, 7, message(20));
        Piece half = new Piece(1, 27, message.slice(0, 33));
        Piece rest = new Piece(1, 60, message.from(33));

        assertThat(Messages.boundary(List.of(first, half, rest))).isEqualTo(OptionalLong.of(87));
        assertThat(Messages.boundary(List.of(first, half))).isEmpty();
    }

    @Test
    void aStreamOfSomethingElseHasNone() {
        assertThat(Messages.boundary(List.of(new Piece(1, 0, Bytes.ofHex("474554202f")))))
                .isEmpty();
        assertThat(Messages.boundary(List.of())).isEmpty();
    }

    @Test
    void onlyMessagesFromBeginningToEndAreWhole() {
        assertThat(Messages.areWhole(message(20).plus(message(21)))).isTrue();
        assertThat(Messages.areWhole(message(20).plus(message(21).slice(0, 20)))).isFalse();
        assertThat(Messages.areWhole(message(19))).isFalse();
    }

    @Test
    void whatSeveralPiecesShareGoesOutWithTheLastOfThem() {
        Bytes one = message(40);
        Bytes two = message(30);
        List<Bytes> ready =
                Messages.whole(
                        List.of(
                                one.slice(0, 10),
                                one.from(10).plus(two.slice(0, 5)),
                                two.from(5),
                                message(50).slice(0, 20)));

        assertThat(ready).containsExactly(Bytes.empty(), one, two, Bytes.empty());
    }
}
