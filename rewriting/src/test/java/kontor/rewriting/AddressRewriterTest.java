package kontor.rewriting;

import static kontor.rewriting.Networks.DIFFERENT;
import static kontor.rewriting.Networks.GAME1;
import static kontor.rewriting.Networks.GAME2;
import static kontor.rewriting.Networks.GAMES;
import static kontor.rewriting.Networks.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kontor.rewriting.Built.Sample;
import kontor.rewriting.Warning.Kind;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AddressRewriterTest {

    private static final Way THERE = new Way(GAME1, GAME2);

    static Stream<Arguments> samplesOnEachWay() {
        return Built.samples().entrySet().stream()
                .flatMap(sample ->
                        GAMES.stream()
                                .flatMap(from ->
                                        GAMES.stream()
                                                .filter(to -> !to.equals(from))
                                                .map(to ->
                                                        Arguments.of(
                                                                sample.getKey(),
                                                                from,
                                                                to,
                                                                sample.getValue()))));
    }

    @ParameterizedTest(name = "{0} from {1} to {2}")
    @MethodSource("samplesOnEachWay")
    void theReceiverReadsEachAddressAsItWouldHaveWrittenIt(
            String kind, InstanceName from, InstanceName to, Sample sample) {
        Bytes written = sample.seenBy(from);
        Rewritten rewritten =
                AddressRewriter.message(written, new Way(from, to), DIFFERENT, Pieces.NONE);

        assertThat(rewritten.bytes().toHex()).isEqualTo(sample.seenBy(to).toHex());
        assertThat(rewritten.warnings()).isEmpty();
        assertThat(rewritten.changes()).isNotEmpty();
        // And back.
        assertThat(
                        AddressRewriter.message(
                                        rewritten.bytes(),
                                        new Way(to, from),
                                        DIFFERENT,
                                        Pieces.NONE)
                                .bytes())
                .isEqualTo(written);
    }

    @ParameterizedTest(name = "{0} from {1} to {2}")
    @MethodSource("samplesOnEachWay")
    void theSameInADatagramExceptForPlayerMessages(
            String kind, InstanceName from, InstanceName to, Sample sample) {
        Bytes written = sample.seenBy(from);
        Rewritten rewritten =
                AddressRewriter.datagram(written, new Way(from, to), DIFFERENT, Pieces.NONE);

        assertThat(rewritten.bytes())
                .isEqualTo(kind.equals("player message") ? written : sample.seenBy(to));
    }

    @Test
    void aChangeSaysWhereAndWhat() {
        Rewritten rewritten = rewrite(Built.nameServer());
        assertThat(rewritten.changes())
                .extracting(change -> change.at() + " " + change)
                .containsExactly(
                        "8 10.11.0.1 -> 10.12.0.1 (reply address in IAMNAMESERVER)",
                        "48 10.11.0.3 -> 10.12.0.3 (TCP address of a player in IAMNAMESERVER)",
                        "64 10.11.0.3 -> 10.12.0.3 (UDP address of a player in IAMNAMESERVER)");
    }

    @Test
    void whereThisCameFromStays() {
        AddressBook zero = Networks.book((viewer, seen) -> "0.0.0.0");
        Bytes written = Built.superEnum().seenBy(GAME1, zero);
        Rewritten rewritten = AddressRewriter.message(written, THERE, DIFFERENT, Pieces.NONE);
        assertThat(rewritten.bytes()).isSameAs(written);
        assertThat(rewritten.warnings()).isEmpty();
    }

    @Test
    void anAddressThatIsNobodysStaysAndIsAWarningWithItsRemedy() {
        AddressBook wrongCard = Networks.book((viewer, seen) -> "192.168.56." + seen.charAt(4));
        Bytes written = Built.nameServer().seenBy(GAME1, wrongCard);
        Rewritten rewritten = AddressRewriter.message(written, THERE, DIFFERENT, Pieces.NONE);

        assertThat(rewritten.bytes()).isEqualTo(written);
        assertThat(rewritten.changes()).isEmpty();
        assertThat(rewritten.warnings()).extracting(Warning::kind).containsOnly(Kind.NOBODYS);
        assertThat(rewritten.warnings().getFirst().text())
                .isEqualTo(
                        "192.168.56.1 (reply address in IAMNAMESERVER) is nobody's in the network"
                                + " of the sender");
        assertThat(rewritten.warnings().getFirst().remedy(THERE))
                .contains("game1", "address: [..., 192.168.56.1]");
    }

    @Test
    void whatASignatureCoversIsRewrittenAndIsAWarning() {
        Sample signed = Built.signed(Built.create(0x08));
        Rewritten rewritten = rewrite(signed);
        assertThat(rewritten.bytes()).isEqualTo(signed.seenBy(GAME2));
        assertThat(rewritten.warnings()).extracting(Warning::kind).containsExactly(Kind.SIGNED);
    }

    @Test
    void aMessageNestedDeeperThanThreeIsLeftAlone() {
        Sample deep =
                Built.multicast(
                        0x37, Built.multicast(0x25, Built.multicast(0x25, Built.nameServer())));
        Rewritten rewritten = rewrite(deep);
        // Three headers.
        assertThat(rewritten.changes()).hasSize(3);
    }

    @Test
    void whatLooksLikePlayInAPlayersWordIsNoSystemMessage() {
        Bytes message = Built.create(0x08).seenBy(GAME1);
        // A datagram whose first word is not its length.
        Bytes datagram = message.plus(Bytes.ofHex("00"));
        assertThat(AddressRewriter.datagram(datagram, THERE, DIFFERENT, Pieces.NONE).bytes())
                .isSameAs(datagram);
    }

    static Stream<Arguments> seeds() {
        return new Random(13).longs(300).mapToObj(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofDamagedMessagesOnlyAddressesChangeAndTheWayBackRestoresThem(long seed) {
        Random random = new Random(seed);
        for (Map.Entry<String, Sample> sample : Built.samples().entrySet()) {
            Bytes damaged = damaged(sample.getValue().seenBy(GAME1), random);
            Rewritten there = AddressRewriter.message(damaged, THERE, DIFFERENT, Pieces.NONE);

            byte[] expected = damaged.toByteArray();
            for (Change change : there.changes()) {
                assertThat(Bytes.copyOf(expected).slice(change.at(), 4)).isEqualTo(change.from());
                System.arraycopy(change.to().toByteArray(), 0, expected, change.at(), 4);
            }
            assertThat(there.bytes()).isEqualTo(Bytes.copyOf(expected));
            if (there.warnings().stream().anyMatch(AddressRewriterTest::meansSomebodyThere)) {
                // By chance: on the way back it is taken for what it means there.
                continue;
            }
            assertThat(
                            AddressRewriter.message(
                                            there.bytes(),
                                            new Way(GAME2, GAME1),
                                            DIFFERENT,
                                            Pieces.NONE)
                                    .bytes())
                    .as(sample.getKey())
                    .isEqualTo(damaged);
        }
    }

    private static boolean meansSomebodyThere(Warning warning) {
        return DIFFERENT.ownerOf(GAME2, warning.address()) != null;
    }

    /** A few bytes are something else, or the end is missing; offsets and counts among them. */
    private static Bytes damaged(Bytes message, Random random) {
        byte[] bytes = message.toByteArray();
        int[] likely = {0, 0xFF, 20, 36, 1, 0x80};
        for (int i = random.nextInt(6); i >= 0; i--) {
            int value =
                    random.nextBoolean()
                            ? random.nextInt(256)
                            : likely[random.nextInt(likely.length)];
            bytes[random.nextInt(Math.min(bytes.length, 160))] = (byte) value;
        }
        Bytes damaged = Bytes.copyOf(bytes);
        return random.nextInt(4) == 0
                ? damaged.slice(0, random.nextInt(damaged.length()))
                : damaged;
    }

    @Test
    void aCountThatIsALieCostsNoTime() {
        byte[] lie = Built.superEnum().seenBy(GAME1).toByteArray();
        java.util.Arrays.fill(lie, 28, 36, (byte) 0xFF);
        Rewritten rewritten =
                AddressRewriter.message(Bytes.copyOf(lie), THERE, DIFFERENT, Pieces.NONE);
        assertThat(rewritten.bytes().length()).isEqualTo(lie.length);
    }

    @Test
    void anAddressOfAnotherFamilyIsNone() {
        byte[] message = Built.nameServer().seenBy(GAME1).toByteArray();
        message[44] = 23;
        Rewritten rewritten =
                AddressRewriter.message(Bytes.copyOf(message), THERE, DIFFERENT, Pieces.NONE);
        assertThat(rewritten.changes()).extracting(Change::at).containsExactly(8, 64);
        assertThat(rewritten.changes().getFirst().to()).isEqualTo(address("10.12.0.1"));
    }

    private static Rewritten rewrite(Sample sample) {
        return AddressRewriter.message(sample.seenBy(GAME1), THERE, DIFFERENT, Pieces.NONE);
    }
}
