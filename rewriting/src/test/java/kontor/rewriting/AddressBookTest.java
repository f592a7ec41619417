package kontor.rewriting;

import static kontor.rewriting.Networks.DIFFERENT;
import static kontor.rewriting.Networks.GAME1;
import static kontor.rewriting.Networks.GAME2;
import static kontor.rewriting.Networks.GAME3;
import static kontor.rewriting.Networks.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kontor.lab.LabFile;
import kontor.rewriting.AddressBook.Network;
import kontor.rewriting.AddressBook.Translation;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBookTest {

    private static final String LAB =
            """
            lab: apart
            ports: { tcp: [2300], udp: [2350] }
            instances:
              game1:
                address: [127.81.1.1, 192.168.56.1]
                peers: { game2: 127.81.1.2, game3: 127.81.1.3 }
              game2:
                address: 127.82.1.20
                peers: { game1: 127.82.1.10, game3: 127.82.1.30 }
              game3:
                address: first
                peers: { game1: 127.83.1.1 }
            """;

    @ParameterizedTest(name = "{0} writes {2}, and {1} must read {3}")
    @CsvSource({
        // The sender itself, the receiver, and a third one.
        "game1, game2, 127.81.1.1, 127.82.1.10",
        "game1, game2, 127.81.1.2, 127.82.1.20",
        "game1, game2, 127.81.1.3, 127.82.1.30",
        "game2, game1, 127.82.1.30, 127.81.1.3",
        "game2, game1, 127.82.1.10, 127.81.1.1",
        // Another network card of the same machine.
        "game1, game2, 192.168.56.1, 127.82.1.10",
        // "Where this came from".
        "game1, game2, 0.0.0.0, 0.0.0.0",
        // Nobody's; what is somebody's in another network only is nobody's too.
        "game1, game2, 8.8.8.8, nobody",
        "game1, game2, 127.82.1.30, nobody",
        // game3 has no address for game2, and its own is not known.
        "game1, game3, 127.81.1.2, out of reach",
        "game1, game3, 127.81.1.3, out of reach",
        "game1, game3, 127.81.1.1, 127.83.1.1",
    })
    void anAddressBecomesThatOfTheSameInstanceInTheReceiversNetwork(
            String from, String to, String written, String read) throws Exception {
        AddressBook book = AddressBook.of(LabFile.parse("lab.yaml", LAB));
        Way way = new Way(new InstanceName(from), new InstanceName(to));
        String shown =
                switch (book.translate(way, address(written))) {
                    case Translation.Same _ -> written;
                    case Translation.Other(Bytes other) -> Dotted.of(other);
                    case Translation.Nobodys _ -> "nobody";
                    case Translation.OutOfReach _ -> "out of reach";
                };
        assertThat(shown).isEqualTo(read);
    }

    @Test
    void everyInstanceSeesItselfAtItsOwnAddressAndTheOthersAtTheirPeerAddresses() throws Exception {
        AddressBook book = AddressBook.of(LabFile.parse("lab.yaml", LAB));
        assertThat(book.seenBy(GAME1, GAME1)).isEqualTo(address("127.81.1.1"));
        assertThat(book.seenBy(GAME1, GAME3)).isEqualTo(address("127.81.1.3"));
        assertThat(book.seenBy(GAME3, GAME3)).isNull();
        assertThat(book.ownerOf(GAME1, address("192.168.56.1"))).isEqualTo(GAME1);
        assertThat(book.ownerOf(GAME2, address("192.168.56.1"))).isNull();
    }

    @Test
    void networksDifferWhereOneInstanceIsSeenAtTwoAddresses() throws Exception {
        assertThat(DIFFERENT.networksDiffer()).isTrue();
        assertThat(AddressBook.of(LabFile.parse("lab.yaml", LAB)).networksDiffer()).isTrue();
        assertThat(Networks.book((viewer, seen) -> "10.0.0." + seen.charAt(4)).networksDiffer())
                .isFalse();
        assertThat(AddressBook.of(List.of()).networksDiffer()).isFalse();
    }

    @Test
    void anAddressOfIpv6CannotStandInAMessage() {
        AddressBook book =
                AddressBook.of(
                        List.of(
                                new Network(
                                        GAME1,
                                        List.of(address("10.0.0.1")),
                                        Map.of(GAME2, address("10.0.0.2"))),
                                new Network(
                                        GAME2,
                                        List.of(Bytes.ofHex("fd".repeat(16))),
                                        Map.of(GAME1, Bytes.ofHex("fe".repeat(16))))));
        assertThat(book.translate(new Way(GAME1, GAME2), address("10.0.0.1")))
                .isInstanceOf(Translation.OutOfReach.class);
    }
}
