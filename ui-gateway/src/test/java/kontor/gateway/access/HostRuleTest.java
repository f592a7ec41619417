package kontor.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTest {

    private final HostRule onLoopback =
            new HostRule(InetAddress.ofLiteral("127.0.0.1"), List.of("Kontor.Example"));
    private final HostRule onEverything = new HostRule(InetAddress.ofLiteral("0.0.0.0"), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "127.0.0.1:8080",
                "127.61.0.1",
                "[::1]:8080",
                "kontor.example:443",
                "kontor.example."
            })
    void answersToItsOwnNames(String host) {
        assertThat(onLoopback.answersTo(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example:8080",
                "127.0.0.1.evil.example",
                "192.168.1.5:8080",
                "localhost@evil.example",
                "localhost:8080:1",
                "localhost:x",
                ""
            })
    void doesNotAnswerToOthers(String host) {
        assertThat(onLoopback.answersTo(host)).isFalse();
    }

    @Test
    void doesNotAnswerWhereNoHostIsNamed() {
        assertThat(onLoopback.answersTo(null)).isFalse();
    }

    @Test
    void onAllAddressesItAnswersToAddressesButNotToForeignNames() {
        assertThat(onEverything.answersTo("192.168.1.5:8080")).isTrue();
        assertThat(onEverything.answersTo("[fd00::5]:8080")).isTrue();
        assertThat(onEverything.answersTo("evil.example:8080")).isFalse();
    }

    @Test
    void answersToTheAddressThatItIsBoundTo() {
        HostRule rule = new HostRule(InetAddress.ofLiteral("192.168.1.5"), List.of());

        assertThat(rule.answersTo("192.168.1.5:8080")).isTrue();
        assertThat(rule.answersTo("192.168.1.6:8080")).isFalse();
    }

    @Test
    void admitsItsOwnPageAndPrograms() {
        assertThat(onLoopback.admits("http://127.0.0.1:8080", "127.0.0.1:8080")).isTrue();
        assertThat(onLoopback.admits("https://kontor.example", "127.0.0.1:8080")).isTrue();
        assertThat(onLoopback.admits(null, "127.0.0.1:8080")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://127.0.0.1:3000",
                "http://localhost:8080",
                "null",
                "file://",
                "http://127.0.0.1:8080/path"
            })
    void admitsNoOtherPage(String origin) {
        assertThat(onLoopback.admits(origin, "127.0.0.1:8080")).isFalse();
    }
}
