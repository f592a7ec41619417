package kontor.analysis.x642;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kontor.analysis.Captures;
import kontor.analysis.Captures.Sample;
import kontor.analysis.TreeInvariants;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The game's messages that were noted with what the player did. */
class SamplesTest {

    private static final DirectPlay DIRECT_PLAY = new DirectPlay(new X642(), 4000);

    static List<Sample> samples() {
        return Captures.samples();
    }

    @Test
    void thereAre70() {
        assertThat(samples()).hasSize(70);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isTakenApartToTheLastByte(Sample sample) {
        Dissection found = dissect(sample.datagram());
        assertThat(found.protocol()).isEqualTo("x642");
        assertThat(found.problem()).isEmpty();
        assertThat(found.type()).isEqualTo(sample.id().equals("X001") ? "PLAYERTABLE" : "VALUES");
        assertThat(found.all("x642.unknown")).isEmpty();
        TreeInvariants.check(found.fields(), sample.datagram().length());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void showsTheTonnesThatThePlayerSaw(Sample sample) {
        Matcher label = Pattern.compile("wood .* store shows (\\d+) t").matcher(sample.label());
        if (label.matches()) {
            assertThat(dissect(sample.datagram()).summary())
                    .isEqualTo("VALUES wood " + label.group(1) + " t");
        }
    }

    @Test
    void showsTaxTownAndTreasury() {
        assertThat(summary("X003")).isEqualTo("VALUES tax rate of level 0 0x44");
        assertThat(summary("X037"))
                .isEqualTo(
                        "VALUES food 29 30/32 t, inhabitants of level 0 18, 0x35/0x1131[0] 128,"
                                + " inhabitants of level 1 0, inhabitants of level 2 0,"
                                + " inhabitants of level 3 0 ... 9");
        Dissection town = dissect(sample("X038"));
        assertThat(town.all("x642.value.meaning").toList().getLast().display())
                .isEqualTo("money 9298");
    }

    @Test
    void showsThePlacesOfThePlayers() {
        assertThat(summary("X001"))
                .isEqualTo("PLAYERTABLE 2 players, 0: 0x03492818, 1: 0x0349281E");
    }

    @Test
    void theKeyFollowsFromTheGroup() {
        assertThat(DirectPlay.keyGuessedFrom(dissect(sample("X001")))).hasValue(0x0348281CL);
        assertThat(DirectPlay.keyGuessedFrom(dissect(sample("X003")))).hasValue(0x019AA49FL);
    }

    @Test
    void chatIsReadAsNoted() {
        String text = "48616c6c6f20fc62657261746c6c" + "00".repeat(46);
        String body = "01000000" + "44000000" + "0000ff0002000000" + text;
        Dissection chat = dissect(message("53080000", body));
        assertThat(chat.summary()).isEqualTo("CHAT 2 to everybody: Hallo überatll");
        assertThat(chat.problem()).isEmpty();
    }

    @Test
    void moveIsReadAsNoted() {
        String head = "01000000" + "14000000" + "78563412" + "0000" + "0700" + "3700" + "2200";
        Dissection move = dissect(message("36080000", head + "0102030405060708"));
        assertThat(move.summary()).isEqualTo("MOVE ship 7, 8 bytes of moves");
    }

    @Test
    void knownValuesHaveFieldsOfTheirOwn() {
        assertThat(dissect(sample("X003")).first("x642.tax").orElseThrow().value())
                .isEqualTo(new FieldValue.Numeric(0x44));
        Dissection town = dissect(sample("X038"));
        assertThat(town.first("x642.money").orElseThrow().value())
                .isEqualTo(new FieldValue.Numeric(9298));
        assertThat(town.all("x642.inhabitants").map(Field::display))
                .containsExactly("18", "0", "0", "0", "0");
        assertThat(town.all("x642.stock")).hasSize(1);
    }

    @Test
    void theKindOfGameIsTheTextInItsRecord() {
        String text = "456e646c6f73737069656c" + "00".repeat(53);
        String record = "01000000" + text + "00".repeat(16);
        Dissection kind = dissect(message("3d080000", "01000000" + "54000000" + record));
        assertThat(kind.problem()).isEmpty();
        assertThat(kind.summary()).isEqualTo("GAMEKIND Endlosspiel");
        TreeInvariants.check(kind.fields(), 16 + 8 + 84);
    }

    @Test
    void focusAndDefocusHaveNoBody() {
        assertThat(dissect(message("d1070000", "")).summary()).isEqualTo("DEFOCUS");
        assertThat(dissect(message("d2070000", "")).summary()).isEqualTo("FOCUS");
    }

    @Test
    void anUnknownActionKeepsItsBodyRaw() {
        Dissection unknown = dissect(message("48080000", "0102030405"));
        assertThat(unknown.summary()).isEqualTo("ACTION_0x0848 5 bytes");
        assertThat(unknown.first("x642.body").orElseThrow().display()).isEqualTo("0102030405");
    }

    @Test
    void aCountThatDoesNotFitIsAProblemAndNoMore() {
        Dissection cut = dissect(message("4f080000", "02000000" + "0c000000" + "3500000014121700"));
        assertThat(cut.type()).isEqualTo("VALUES");
        assertThat(cut.problem()).isPresent();
    }

    private static String summary(String id) {
        return dissect(sample(id)).summary();
    }

    private static Bytes sample(String id) {
        return samples().stream()
                .filter(sample -> sample.id().equals(id))
                .findFirst()
                .orElseThrow()
                .datagram();
    }

    private static Bytes message(String action, String body) {
        int size = 8 + body.length() / 2;
        return Bytes.ofHex("1e2849031d284903" + action + "%02x000000".formatted(size) + body);
    }

    private static Dissection dissect(Bytes datagram) {
        return DIRECT_PLAY.onDatagram(datagram, PlayerIds.unknown()).orElseThrow();
    }
}
