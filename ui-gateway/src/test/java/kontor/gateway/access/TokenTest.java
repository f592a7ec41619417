package kontor.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    private static final String TEXT = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final Token token = Token.of(TEXT + "\n", "token");

    @Test
    void matchesItselfOnly() {
        assertThat(token.matches(TEXT)).isTrue();
        assertThat(token.matches(TEXT + "0")).isFalse();
        assertThat(token.matches(TEXT.substring(1))).isFalse();
        assertThat(token.matches("")).isFalse();
    }

    @Test
    void aPassIsGoodUntilItsEnd() {
        String pass = token.pass(NOW, DAY);

        assertThat(token.matchesPass(pass, NOW)).isTrue();
        assertThat(token.matchesPass(pass, NOW.plus(DAY).minusSeconds(1))).isTrue();
        assertThat(token.matchesPass(pass, NOW.plus(DAY))).isFalse();
    }

    @Test
    void aPassOutlivesTheGatewayButNotTheToken() {
        String pass = token.pass(NOW, DAY);

        assertThat(Token.of(TEXT, "token").matchesPass(pass, NOW)).isTrue();
        assertThat(Token.of(TEXT + "0", "token").matchesPass(pass, NOW)).isFalse();
    }

    @Test
    void aPassWhoseEndWasPutOffIsNone() {
        String signature = token.pass(NOW, DAY).split("\\.", -1)[1];
        long later = NOW.plus(Duration.ofDays(9)).getEpochSecond();

        assertThat(token.matchesPass(later + "." + signature, NOW)).isFalse();
        assertThat(token.matchesPass(TEXT, NOW)).isFalse();
        assertThat(token.matchesPass("", NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "short", "0123456789abcdef 0123456789abcdef"})
    void whatIsNoTokenIsRefusedWithTheFileAndTheWayToMakeOne(String text) {
        assertThatThrownBy(() -> Token.of(text, "/etc/kontor/token"))
                .isInstanceOfSatisfying(
                        AccessRefusedException.class,
                        refused -> {
                            assertThat(refused)
                                    .hasMessageContaining("/etc/kontor/token (KONTOR_TOKEN_FILE)");
                            assertThat(refused.action()).contains("/dev/urandom");
                        });
    }

    @Test
    void isNotShown() {
        assertThat(token.toString()).doesNotContain(TEXT);
        assertThat(token.pass(NOW, DAY)).doesNotContain(TEXT);
        assertThatThrownBy(() -> Token.of("short-secret", "file"))
                .hasMessageNotContaining("short-secret");
    }
}
