package kontor.launcher.plan;

import java.net.URI;
import java.util.List;
import kontor.topics.TopicSpec;

/** When a process counts as ready: when those that need it can work. */
public sealed interface Readiness {

    /** It answers 200. */
    record Http(URI address) implements Readiness {}

    /** The broker answers, and all topics are there; those that are missing are made. */
    record BrokerWithTopics(String servers, List<TopicSpec> topics) implements Readiness {

        public BrokerWithTopics {
            topics = List.copyOf(topics);
        }
    }

    /** The database answers, and its database and user are there; they are made if missing. */
    record DatabaseWithUser(int port, String database, String user) implements Readiness {}
}
