package kontor.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Map;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                    lab: default     | lap: default     | lab.yaml:1:1: the lab file has no 'lap'; allowed: [lab, ports, instances]
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
}
