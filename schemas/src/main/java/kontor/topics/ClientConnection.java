package kontor.topics;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How producers and consumers on the way of a packet are connected to the broker: soon again after
 * it was away, and with socket buffers of the system's choice, which grow with what is under way.
 */
public final class ClientConnection {

    /**
     * A broker that comes back is noticed by then, and so is a partition that has a leader again.
     */
    private static final long LONGEST_BACK_OFF_MILLIS = 200;

    /** Where a broker's machine is gone, nobody refuses a connection. */
    private static final long CONNECT_MILLIS = 2_000;

    private ClientConnection() {}

    /** Settings of Kafka's clients, by their names; unmodifiable. */
    public static Map<String, Object> settings() {
        return Map.of(
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                LONGEST_BACK_OFF_MILLIS,
                CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG,
                LONGEST_BACK_OFF_MILLIS,
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                CONNECT_MILLIS,
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
                2 * CONNECT_MILLIS,
                CommonClientConfigs.SEND_BUFFER_CONFIG,
                CommonClientConfigs.SEND_BUFFER_LOWER_BOUND,
                CommonClientConfigs.RECEIVE_BUFFER_CONFIG,
                CommonClientConfigs.RECEIVE_BUFFER_LOWER_BOUND);
    }
}
