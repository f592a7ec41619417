package kontor.gateway.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {

    private static final Token TOKEN = Token.of("0123456789abcdef0123456789abcdef", "token");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.61.0.1", "::1"})
    void onLoopbackNoTokenIsNeeded(String address) {
        assertThatCode(() -> bound(address).requireToken(Optional.empty()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.5", "fe80::1"})
    void elsewhereItIs(String address) {
        assertThatThrownBy(() -> bound(address).requireToken(Optional.empty()))
                .isInstanceOf(AccessRefusedException.class);
        assertThatCode(() -> bound(address).requireToken(Optional.of(TOKEN)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatCountsIsWhereAContainersPortIsPublished() {
        assertThatCode(() -> published("127.0.0.1").requireToken(Optional.empty()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> published("0.0.0.0").requireToken(Optional.empty()))
                .isInstanceOf(AccessRefusedException.class);
    }

    private static Exposure bound(String address) {
        return new Exposure(InetAddress.ofLiteral(address), Optional.empty());
    }

    private static Exposure published(String address) {
        return new Exposure(
                InetAddress.ofLiteral("0.0.0.0"), Optional.of(InetAddress.ofLiteral(address)));
    }
}
