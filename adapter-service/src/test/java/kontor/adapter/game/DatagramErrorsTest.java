package kontor.adapter.game;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as Linux writes them. */
final class DatagramErrorsTest {

    private static final List<String> IPV4 =
            List.of(
                    "Tcp: RtoAlgorithm RtoMin RtoMax",
                    "Tcp: 1 200 120000",
                    "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors",
                    "Udp: 1117975 2 193 1118178 190",
                    "UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors",
                    "UdpLite: 0 0 7 0 0");

    @Test
    void isTheSumOfBothFamilies() {
        assertThat(
                        DatagramErrors.sum(
                                IPV4,
                                List.of(
                                        "Udp6InDatagrams                 \t12",
                                        "Udp6InErrors                    \t3",
                                        "UdpLite6InErrors                \t9")))
                .hasValue(196);
    }

    @Test
    void isThatOfIpv4WhereThereIsNoIpv6() {
        assertThat(DatagramErrors.sum(IPV4, List.of())).hasValue(193);
    }

    @Test
    void isUnknownWhereTheCounterIsNotNamed() {
        assertThat(DatagramErrors.sum(List.of(), List.of())).isEmpty();
        assertThat(DatagramErrors.sum(List.of("Udp: InDatagrams", "Udp: 1"), List.of())).isEmpty();
        assertThat(DatagramErrors.sum(List.of("Udp: A InErrors", "Udp: 1"), List.of())).isEmpty();
    }

    @Test
    void isKnownOnThisMachine() throws Exception {
        assertThat(DatagramErrors.read()).isPresent();
    }
}
