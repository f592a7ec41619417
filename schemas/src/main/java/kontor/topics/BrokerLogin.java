package kontor.topics;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * How a client that is not on the broker's machine shows who it is, by SCRAM-SHA-512, and knows the
 * broker, by TLS. All empty: neither, as on loopback.
 *
 * @param user of the broker
 * @param password that user's
 * @param trust path of a PEM file with the broker's certificate, or who signed it
 */
public record BrokerLogin(String user, String password, String trust) {

    /** The mechanism on both sides. */
    public static final String MECHANISM = "SCRAM-SHA-512";

    /** Nothing that would end the quotes around it. */
    private static final Pattern PLAIN = Pattern.compile("[^\"\\\\\\s]*");

    /** For a broker that asks for nothing. */
    public static final BrokerLogin NONE = new BrokerLogin("", "", "");

    /**
     * @throws IllegalArgumentException if only some are there, or one has quotes or spaces in it
     */
    public BrokerLogin {
        boolean none = user.isEmpty() && password.isEmpty() && trust.isEmpty();
        boolean all = !user.isEmpty() && !password.isEmpty() && !trust.isEmpty();
        if (!none && !all) {
            throw new IllegalArgumentException(
                    "user, password and trust of the broker belong together: set all three or"
                            + " none");
        }
        if (!PLAIN.matcher(user).matches() || !PLAIN.matcher(password).matches()) {
            throw new IllegalArgumentException(
                    "user and password of the broker have no quotes, backslashes or spaces");
        }
    }

    /** What is added to the settings of a Kafka client. */
    public Map<String, Object> settings() {
        if (user.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                "SASL_SSL",
                SaslConfigs.SASL_MECHANISM,
                MECHANISM,
                SaslConfigs.SASL_JAAS_CONFIG,
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"%s\" password=\"%s\";".formatted(user, password),
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                "PEM",
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                trust);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BrokerLogin[user=%s, trust=%s]".formatted(user, trust);
    }
}
