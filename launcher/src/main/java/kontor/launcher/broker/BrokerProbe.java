package kontor.launcher.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kontor.launcher.ports.PortCheck;
import kontor.launcher.process.Probe;
import kontor.topics.TopicProvisioner;
import kontor.topics.TopicSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Ready is a broker that has all topics; what is missing is made. */
public final class BrokerProbe implements Probe {

    private static final String API_TIMEOUT_MILLIS = "10000";

    private final String servers;
    private final List<TopicSpec> topics;

    public BrokerProbe(String servers, List<TopicSpec> topics) {
        this.servers = servers;
        this.topics = List.copyOf(topics);
    }

    @Override
    public Answer ask() throws InterruptedException {
        if (!PortCheck.listening(port())) {
            // Asked first, since an admin client would go on trying for long.
            return new Answer.NotYet("does not listen yet");
        }
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                servers,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                API_TIMEOUT_MILLIS,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                API_TIMEOUT_MILLIS))) {
            return new Answer.Ready(new TopicProvisioner(admin).provision(topics));
        } catch (ExecutionException e) {
            return new Answer.NotYet(String.valueOf(e.getCause()));
        }
    }

    private int port() {
        return Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
    }
}
