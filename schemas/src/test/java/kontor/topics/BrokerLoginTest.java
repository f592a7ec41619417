package kontor.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BrokerLoginTest {

    @Test
    void withoutAUserNothingIsAdded() {
        assertThat(BrokerLogin.NONE.settings()).isEmpty();
    }

    @Test
    void withAUserTheBrokerIsAskedByTlsAndScram() {
        assertThat(new BrokerLogin("lab.game2", "secret", "broker.pem").settings())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("ssl.truststore.location", "broker.pem")
                .hasEntrySatisfying(
                        "sasl.jaas.config",
                        jaas ->
                                assertThat((String) jaas)
                                        .contains("username=\"lab.game2\" password=\"secret\""));
    }

    @Test
    void aUserWithoutTrustIsRefusedSoThatNoPasswordGoesToAnybody() {
        assertThatThrownBy(() -> new BrokerLogin("lab.game2", "secret", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belong together");
    }

    @Test
    void aPasswordCannotEndItsQuotes() {
        assertThatThrownBy(() -> new BrokerLogin("lab.game2", "a\" x=\"", "broker.pem"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(new BrokerLogin("lab.game2", "secret", "broker.pem").toString())
                .doesNotContain("secret");
    }
}
