package kontor.rewriting;

import static kontor.rewriting.Networks.DIFFERENT;
import static kontor.rewriting.Networks.GAME1;
import static kontor.rewriting.Networks.GAME2;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.rewriting.Built.Sample;
import kontor.rewriting.Warning.Kind;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {

    private static final Way THERE = new Way(GAME1, GAME2);
    private static final int DATA_AT = 68;

    @ParameterizedTest
    @ValueSource(ints = {0x15, 0x30})
    void whereverAMessageIsCutTheReceiverPutsTogetherWhatItMustRead(int command) {
        for (Map.Entry<String, Sample> sample : Built.samples().entrySet()) {
            if (sample.getKey().equals("player message")) {
                continue;
            }
            for (Sample whole : List.of(sample.getValue(), Built.bare(sample.getValue()))) {
                Bytes written = whole.seenBy(GAME1);
                for (int cut = 4; cut < written.length(); cut++) {
                    Sent sent = send(pieces(command, written, cut), DIFFERENT);
                    assertThat(sent.together.toHex())
                            .as("%s cut at %d", sample.getKey(), cut)
                            .isEqualTo(whole.seenBy(GAME2).toHex());
                    assertThat(sent.warnings).isEmpty();
                }
            }
        }
    }

    @Test
    void aPieceThatIsSentAgainBecomesTheSame() {
        Bytes written = Built.superEnum().seenBy(GAME1);
        List<Bytes> once = pieces(0x30, written, 180);
        List<Bytes> again = new ArrayList<>(once);
        again.addAll(once);
        List<Bytes> passed = send(again, DIFFERENT).passed;
        assertThat(passed.subList(2, 4)).isEqualTo(passed.subList(0, 2));
    }

    @Test
    void whereTheFirstPartDoesNotTellWhoseItIsTheAddressStaysWholeAndIsAWarning() {
        // To the receiver, addresses that begin alike begin differently.
        AddressBook scattered =
                Networks.book((viewer, seen) ->
                        viewer.equals("game1")
                                ? "10.1.1." + seen.charAt(4)
                                : "20.2.%s.2".formatted(seen.charAt(4)));
        Sample whole = Built.nameServer();
        Bytes written = whole.seenBy(GAME1, scattered);
        Sent sent = send(pieces(0x15, written, 51), scattered);

        assertThat(sent.warnings).contains(Kind.SPLIT);
        Bytes expected = whole.seenBy(GAME2, scattered);
        assertThat(sent.together.slice(48, 4)).isEqualTo(written.slice(48, 4));
        assertThat(sent.together.slice(64, 4)).isEqualTo(expected.slice(64, 4));
    }

    @Test
    void aPieceBeforeItsTimeIsAWarning() {
        List<Bytes> pieces = new ArrayList<>(pieces(0x30, Built.superEnum().seenBy(GAME1), 100));
        pieces.add(1, Built.piece(0x30, 2, 200, Bytes.ofHex("00"), 1000).seenBy(GAME1));
        assertThat(send(pieces, DIFFERENT).warnings).contains(Kind.OUT_OF_ORDER);
    }

    @Test
    void whatIsRememberedIsBounded() {
        Pieces pieces = Pieces.NONE;
        for (int i = 0; i < 20; i++) {
            pieces = pieces.with(Bytes.copyOf((byte) i), Bytes.ofHex("00"));
        }
        assertThat(pieces.wholes()).hasSize(Pieces.MOST);

        Bytes tooLong =
                Built.piece(0x15, 0, 0, Built.superEnum().seenBy(GAME1), Pieces.LONGEST + 1)
                        .seenBy(GAME1);
        assertThat(rewrite(tooLong, DIFFERENT, Pieces.NONE).pieces()).isEqualTo(Pieces.NONE);
    }

    @Test
    void ofMessagesWithoutAddressesNothingIsRemembered() {
        Bytes players = Built.framed(out -> out.u32(1).u32(2).zeros(500)).seenBy(GAME1);
        assertThat(rewrite(pieces(0x15, players, 300).getFirst(), DIFFERENT, Pieces.NONE).pieces())
                .isEqualTo(Pieces.NONE);
    }

    private record Sent(List<Bytes> passed, Bytes together, List<Kind> warnings) {}

    private static Sent send(List<Bytes> pieces, AddressBook book) {
        Pieces known = Pieces.NONE;
        List<Bytes> passed = new ArrayList<>();
        List<Kind> warnings = new ArrayList<>();
        Bytes together = Bytes.empty();
        for (Bytes piece : pieces) {
            Rewritten rewritten = rewrite(piece, book, known);
            known = rewritten.pieces();
            passed.add(rewritten.bytes());
            together = together.plus(rewritten.bytes().from(DATA_AT));
            rewritten.warnings().forEach(warning -> warnings.add(warning.kind()));
        }
        return new Sent(passed, together, warnings);
    }

    private static Rewritten rewrite(Bytes piece, AddressBook book, Pieces known) {
        return AddressRewriter.message(piece, THERE, book, known);
    }

    private static List<Bytes> pieces(int command, Bytes whole, int cut) {
        int size = whole.length();
        AddressBook zero = Networks.book((viewer, seen) -> "0.0.0.0");
        return List.of(
                Built.piece(command, 0, 0, whole.slice(0, cut), size).seenBy(GAME1, zero),
                Built.piece(command, 1, cut, whole.from(cut), size).seenBy(GAME1, zero));
    }
}
