package kontor.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DescriptionsTest {

    @Test
    void aStrangersDatagramsWereIgnored() {
        assertThat(
                        Descriptions.of(
                                "stranger_seen",
                                0,
                                Map.of(
                                        "protocol", "udp",
                                        "packets", "3",
                                        "sourceAddress", "127.9.9.9",
                                        "sourcePort", "2350",
                                        "destinationAddress", "127.1.0.2",
                                        "destinationPort", "2350")))
                .isEqualTo(
                        "3 datagrams from a stranger, 127.9.9.9:2350, to 127.1.0.2:2350: ignored");
    }

    @Test
    void rulesHoldFromAnEventOn() {
        assertThat(
                        Descriptions.of(
                                "rules_changed",
                                0,
                                Map.of("version", "4be1c0ffee12", "author", "ui-gateway")))
                .isEqualTo("rules 4be1c0ffee12 hold from here on, set by ui-gateway");
        assertThat(Descriptions.of("injection", 3, Map.of("author", "somebody")))
                .isEqualTo("3 bytes that no game sent, by somebody");
        assertThat(Descriptions.of("rules_changed", 0, Map.of("author", "somebody")))
                .isEqualTo("no rules hold from here on, set by somebody");
        assertThat(Descriptions.of("rules_changed", 0, Map.of("version", "4be1c0ffee12")))
                .isEqualTo(
                        "rules 4be1c0ffee12 hold from here on, without one that failed again and"
                                + " again");
    }

    @Test
    void aStrangersConnectionWasReset() {
        assertThat(
                        Descriptions.of(
                                "stranger_seen",
                                0,
                                Map.of("protocol", "tcp", "packets", "1", "sourceAddress", "")))
                .isEqualTo("1 connection from further strangers: reset");
    }
}
