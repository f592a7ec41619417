package kontor.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabFileTest {

    private static final String GOOD =
            """
            lab: default
            ports: { tcp: [47624, 2300-2400], udp: [2350] }
            instances:
              game1:
                address: 127.1.0.1
                peers: { game2: 127.1.0.2 }
                broadcast: 127.1.0.255
                vnc: 127.0.0.1:5901
                freeze: { cgroup: /sys/fs/cgroup/kontor/game1 }
              game2:
                address: 127.2.0.2
                peers:
                  game1: 127.2.0.1
            """;

    @Test
    void readsAllThatALabFileCanHold() throws Exception {
        Lab lab = LabFile.parse("lab.yaml", GOOD);

        assertThat(lab.name()).isEqualTo(new LabName("default"));
        assertThat(lab.tcpPorts()).hasToString("2300-2400, 47624");
        assertThat(lab.tcpPorts().size()).isEqualTo(102);
        assertThat(lab.udpPorts().stream()).containsExactly(2350);
        LabInstance game1 = lab.instance(new InstanceName("game1"));
        assertThat(game1.address()).isEqualTo(InetAddress.ofLiteral("127.1.0.1"));
        assertThat(game1.peers())
                .isEqualTo(Map.of(new InstanceName("game2"), InetAddress.ofLiteral("127.1.0.2")));
        assertThat(game1.broadcast()).contains(InetAddress.ofLiteral("127.1.0.255"));
        assertThat(game1.vnc().orElseThrow().getPort()).isEqualTo(5901);
        assertThat(game1.freeze()).isInstanceOf(FreezeMethod.ControlGroup.class);
        LabInstance game2 = lab.instance(new InstanceName("game2"));
        assertThat(game2.broadcast()).isEmpty();
        assertThat(game2.freeze()).isEqualTo(new FreezeMethod.None());
        assertThatThrownBy(() -> lab.instance(new InstanceName("game3")))
                .hasMessage("lab 'default' has no instance 'game3'; it has [game1, game2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    lab: default     | lab: Default     | lab.yaml:1:6: 'Default' is no name for a lab: allowed are lower-case letters
                    lab: default     | lap: default     | lab.yaml:1:1: the lab file has no 'lap'; allowed: [lab, ports, rewriteAddresses, instances]
                    lab: default     | lap: default     | lab.yaml:1:1: 'lab' is missing
                    2300-2400        | 2400-2300        | lab.yaml:2:23: '2400-2300' is no port: allowed are a number from 1 to 65535
                    udp: [2350]      | udp: [65536]     | lab.yaml:2:41: '65536' is no port
                    udp: [2350]      | udp: 2350        | lab.yaml:2:40: 'udp' must be a list like [47624, 2300-2400]
                    udp: [2350]      | icmp: [1]        | lab.yaml:2:35: 'ports' has no 'icmp'; allowed: [tcp, udp]
                    address: 127.1.0.1 | adress: 127.1.0.1 | lab.yaml:5:5: instance 'game1' has no 'adress'; allowed: [address, peers, broadcast, vnc, freeze]
                    127.2.0.2        | localhost        | lab.yaml:11:14: 'localhost' is no address: allowed are literals like 127.1.0.2
                    game2: 127.1.0.2 | game3: 127.1.0.2 | lab.yaml:6:14: 'peers' of instance 'game1' has no 'game3'; allowed: [game2]
                    game2: 127.1.0.2 | game2: 127.1.0.1 | lab.yaml:6:21: address 127.1.0.1 of instance 'game1' is used twice: as address and as peer game2
                    127.0.0.1:5901   | 127.0.0.1        | lab.yaml:8:10: '127.0.0.1' is no address with port: allowed is 127.0.0.1:5901
                    cgroup:          | group:           | lab.yaml:9:15: 'freeze' of instance 'game1' has no 'group'; allowed: [cgroup, pid-file]
                    game1: 127.2.0.1 | game1            | lab.yaml:13:7: 'peers' of instance 'game2' must be a mapping
                    lab: default     | "lab: [default"  | lab.yaml:2:
                    """)
    void namesLineColumnAndWhatIsAllowed(String right, String wrong, String message) {
        assertThatThrownBy(() -> LabFile.parse("lab.yaml", GOOD.replace(right, wrong)))
                .isInstanceOf(LabFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void reportsAllMistakesAtOnceInOrder() {
        String text = GOOD.replace("udp: [2350]", "udp: [0]").replace("127.2.0.2", "nowhere");
        assertThatThrownBy(() -> LabFile.parse("lab.yaml", text))
                .satisfies(e ->
                        assertThat(String.valueOf(e.getMessage()).lines())
                                .hasSize(2)
                                .first()
                                .asString()
                                .startsWith("lab.yaml:2:"));
    }

    @ParameterizedTest
    @CsvSource({"''", "[]", "'a: 1'", "'- lab'"})
    void whatIsNoLabFileAtAllIsRefused(String text) {
        assertThatThrownBy(() -> LabFile.parse("lab.yaml", text))
                .isInstanceOf(LabFileException.class)
                .hasMessageStartingWith("lab.yaml:1:1: ");
    }

    @Test
    void aGameMayHaveSeveralAddressesAndTheFirstIsThePrimaryOne() throws Exception {
        Lab lab = labWith("address: 127.1.0.1", "address: [127.1.0.1, 127.1.0.9]");

        LabInstance game1 = lab.instance(new InstanceName("game1"));
        assertThat(game1.addresses())
                .containsExactly(
                        InetAddress.ofLiteral("127.1.0.1"), InetAddress.ofLiteral("127.1.0.9"));
        assertThat(game1.address()).isEqualTo(InetAddress.ofLiteral("127.1.0.1"));
        assertThat(game1.addressIsTheFirstToSpeak()).isFalse();
    }

    @Test
    void aGameBehindDhcpHasNoAddressBeforehand() throws Exception {
        Lab lab = labWith("address: 127.1.0.1", "address: first");

        LabInstance game1 = lab.instance(new InstanceName("game1"));
        assertThat(game1.addressIsTheFirstToSpeak()).isTrue();
        assertThatThrownBy(game1::address)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the lab file gives instance 'game1' no address beforehand (address:"
                                + " first)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    broadcast: 127.1.0.255 | broadcast: 999          | 7:16: '999' is not written out: that is 0.0.3.231 to some
                    broadcast: 127.1.0.255 | broadcast: 'fe80::1'    | 7:16: 'fe80::1' is no broadcast address: IPv6 has none
                    broadcast: 127.1.0.255 | broadcast: 0.0.0.0      | 7:16: '0.0.0.0' stands for no machine in particular
                    address: 127.1.0.1     | address: 0.0.0.0        | 5:14: '0.0.0.0' stands for no machine in particular
                    address: 127.1.0.1     | address: '::'           | 5:14: '::' stands for no machine in particular
                    address: 127.1.0.1     | address: 0.1.2.3        | 5:14: '0.1.2.3' stands for no machine in particular
                    address: 127.1.0.1     | address: 127.1          | 5:14: '127.1' is not written out: that is 127.0.0.1 to some
                    address: 127.1.0.1     | address: 127.01.0.1     | 5:14: '127.01.0.1' is not written out: that is 127.1.0.1 to some
                    address: 127.1.0.1     | address: 2130706433     | 5:14: '2130706433' is not written out: that is 127.0.0.1 to some
                    address: 127.1.0.1     | address: '::ffff:1.2.3.4' | 5:14: '::ffff:1.2.3.4' is not written out: that is 1.2.3.4 to some
                    address: 127.1.0.1     | address: 224.0.0.1      | 5:14: '224.0.0.1' is no machine's own
                    address: 127.1.0.1     | address: 255.255.255.255 | 5:14: '255.255.255.255' is no machine's own
                    address: 127.1.0.1     | address: '::1'          | 6:21: 127.1.0.2 cannot be reached from 0:0:0:0:0:0:0:1 in the network of instance 'game1'
                    game2: 127.1.0.2       | game2: '::1'            | 6:21: '::1' cannot be held for another game
                    game2: 127.1.0.2       | game2: 999              | 6:21: '999' is not written out
                    game2: 127.1.0.2       | game2: 127.1.0.255      | 7:16: address 127.1.0.255 of instance 'game1' is used twice: as peer game2 and as broadcast
                    address: 127.1.0.1     | address: []             | 5:14: a game has 1 to 8 addresses, or 'first' for the first that speaks
                    address: 127.1.0.1     | address: [127.1.0.1, 127.1.0.1] | 5:26: address 127.1.0.1 of instance 'game1' is used twice
                    address: 127.1.0.1     | address: [127.1.0.1, first] | 5:26: 'first' is no address
                    address: 127.1.0.1     | address: { a: 127.1.0.1 } | 5:14: here stands a single value
                    address: 127.2.0.2     | address: 127.1.0.1      | 11:14: address 127.1.0.1 of instance 'game2' is that of instance 'game1' too
                    vnc: 127.0.0.1:5901    | vnc: 0.0.0.0:5901       | 8:10: '0.0.0.0' stands for no machine in particular
                    vnc: 127.0.0.1:5901    | vnc: 127.0.0.1:5901-5903 | 8:10: '127.0.0.1:5901-5903' is no address with one port
                    """)
    void addressesThatCannotWorkAreRefusedWithTheirPlace(
            String right, String wrong, String message) {
        assertThatThrownBy(() -> labWith(right, wrong))
                .isInstanceOf(LabFileException.class)
                .hasMessageContaining("lab.yaml:" + message);
    }

    @Test
    void anIpv6NetworkIsAllowed() throws Exception {
        Lab lab =
                LabFile.parse(
                        "lab.yaml",
                        """
                        lab: six
                        ports: { tcp: [2300], udp: [2350] }
                        instances:
                          game1: { address: '::1', peers: { game2: 'fd00::2' }, vnc: '[::1]:5901' }
                          game2: { address: 'fd00::2', peers: { game1: 'fd00::1' } }
                        """);
        assertThat(lab.instances()).hasSize(2);
    }

    @Test
    void anAddressThatTwoAdaptersHoldIsAllowedForInNamespacesBothCan() throws Exception {
        Lab lab = labWith("game1: 127.2.0.1", "game1: 127.1.0.2");
        assertThat(lab.instances()).hasSize(2);
    }

    @Test
    void aBadInstanceNameIsNamedWithFileAndLineThoughOthersReferToIt() {
        assertThatThrownBy(() -> LabFile.parse("lab.yaml", GOOD.replace("game2", "Game_2")))
                .isInstanceOf(LabFileException.class)
                .hasMessageStartingWith("lab.yaml:10:3: 'Game_2' is no name for an instance")
                .hasMessageContaining("lower-case letters, digits and hyphens");
    }

    @Test
    void aKeyThatIsNoWordIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> labWith("address: 127.1.0.1", "[address]: 127.1.0.1"))
                .isInstanceOf(LabFileException.class)
                .hasMessageContaining("a key of instance 'game1' must be a plain word");
    }

    @Test
    void anAliasBombIsRefusedWithItsPlace() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(i, i, String.join(", ", Collections.nCopies(9, alias))));
        }
        assertThatThrownBy(() -> LabFile.parse("lab.yaml", bomb.toString()))
                .isInstanceOf(LabFileException.class)
                .hasMessage(
                        "lab.yaml:7:35: more than 50 aliases (*name); a lab file needs few or"
                                + " none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void nestingThatIsDeeperThanAnyNeedIsRefusedWithItsPlace(String level) {
        assertThatThrownBy(() -> LabFile.parse("lab.yaml", level.repeat(20_000)))
                .isInstanceOf(LabFileException.class)
                .hasMessageMatching("lab.yaml:1:\\d+: nested deeper than 16 levels.*");
    }

    @Test
    void aListThatHoldsItselfIsRefused() {
        assertThatThrownBy(() -> LabFile.parse("lab.yaml", "&a [*a]"))
                .isInstanceOf(LabFileException.class)
                .hasMessageStartingWith("lab.yaml:1:1: ");
    }

    @Test
    void aControlCharacterIsNamedWithItsPlace() {
        assertThatThrownBy(() -> labWith("vnc: 127.0.0.1:5901", "vnc: \u0007"))
                .isInstanceOf(LabFileException.class)
                .hasMessage("lab.yaml:8:10: character U+0007 is not allowed in YAML");
    }

    @Test
    void textInAnotherEncodingIsNamedWithItsPlace(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("lab.yaml");
        Files.writeString(file, "lab: default\n# f\u00fcr alle\n", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> LabFile.read(file))
                .isInstanceOf(LabFileException.class)
                .hasMessage(
                        file
                                + ":2:4: byte 0xFC is not UTF-8; allowed is UTF-8, as most editors"
                                + " can save it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void utf16IsNamed(String charset, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("lab.yaml");
        Files.writeString(file, GOOD, Charset.forName(charset));
        assertThatThrownBy(() -> LabFile.read(file))
                .isInstanceOf(LabFileException.class)
                .hasMessageStartingWith(file + ":1:1: the text is in UTF-16; allowed is UTF-8");
    }

    @Test
    void aByteOrderMarkBeforeUtf8IsLeftOut(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("lab.yaml");
        Files.writeString(file, "\uFEFF" + GOOD);
        assertThat(LabFile.read(file)).isEqualTo(LabFile.parse("lab.yaml", GOOD));
    }

    @Test
    void aFileOfManyMegabytesIsNotReadToItsEnd(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("lab.yaml");
        Files.write(file, new byte[2 << 20]);
        assertThatThrownBy(() -> LabFile.read(file))
                .isInstanceOf(LabFileException.class)
                .hasMessageContaining("larger than 1 MiB");
    }

    @ParameterizedTest
    @CsvSource({"true, ON", "auto, AUTO", "false, OFF"})
    void saysWhetherAddressesAreRewritten(String text, AddressRewriting rewriting)
            throws Exception {
        String file = GOOD.replaceFirst("ports:", "rewriteAddresses: %s\nports:".formatted(text));
        assertThat(LabFile.parse("lab.yaml", file).addressRewriting()).isEqualTo(rewriting);
        assertThat(LabFile.parse("lab.yaml", GOOD).addressRewriting())
                .isEqualTo(AddressRewriting.OFF);
        assertThatThrownBy(() -> LabFile.parse("lab.yaml", file.replace(": " + text, ": often")))
                .isInstanceOf(LabFileException.class)
                .hasMessageContaining("'often' is not allowed: allowed are true, auto and false");
    }

    @Test
    void aDirectoryIsNoLabFile(@TempDir Path directory) {
        assertThatThrownBy(() -> LabFile.read(directory))
                .isInstanceOf(LabFileException.class)
                .hasMessage(directory + ":1:1: this is a directory, not a lab file");
    }

    private static Lab labWith(String right, String wrong) throws LabFileException {
        assertThat(GOOD).contains(right);
        return LabFile.parse("lab.yaml", GOOD.replaceFirst(right, wrong));
    }
}
