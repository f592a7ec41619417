package kontor.topics;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Makes the topics of a lab that are missing, says what differs of those that are there, and ends:
 * the compose stack's container {@code topics}. Settings by environment: {@code
 * KONTOR_KAFKA_SERVERS}, {@code KONTOR_LAB_FILE} and those of {@link TopicSettings}.
 *
 * <p>Exit status 0 when all topics are there, also where one differs; 1 where the broker refused or
 * did not answer within a minute; 2 where a setting or the lab file is wrong.
 */
public final class TopicsCommand {

    private static final String PATIENCE_MILLIS = "60000";

    private TopicsCommand() {}

    public static void main(String... arguments) throws InterruptedException {
        System.exit(run(System.getenv(), System.out));
    }

    static int run(Map<String, String> environment, PrintStream out) throws InterruptedException {
        try {
            Lab lab = LabFile.read(Path.of(required(environment, "KONTOR_LAB_FILE")));
            String servers = required(environment, "KONTOR_KAFKA_SERVERS");
            TopicSettings settings = TopicSettings.of(environment);
            provision(servers, TopicCatalogue.forInstances(lab.names(), settings), out);
            return 0;
        } catch (IllegalArgumentException | LabFileException e) {
            out.println("kontor-topics: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            out.println("kontor-topics: " + e);
            return 2;
        } catch (ExecutionException e) {
            out.println("kontor-topics: " + e.getCause());
            return 1;
        }
    }

    private static void provision(String servers, List<TopicSpec> topics, PrintStream out)
            throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                servers,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                PATIENCE_MILLIS))) {
            List<String> differences = new TopicProvisioner(admin).provision(topics);
            out.println("%d topics are there".formatted(topics.size()));
            for (String difference : differences) {
                out.println("LEFT AS IT IS: " + difference);
            }
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}
