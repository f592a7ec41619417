package kontor.launcher.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import kontor.launcher.guests.Door;
import org.apache.kafka.common.Uuid;

/**
 * The program of the broker's process: formats its storage the first time, in the same JVM since a
 * second one would cost a second, and then is Kafka's own program until it is asked to stop.
 */
public final class BrokerProcess {

    private BrokerProcess() {}

    /**
     * @param arguments the broker's settings file; with guests also the lab's name and where the
     *     broker asks for no password
     */
    public static void main(String[] arguments) throws IOException {
        Path settings = Path.of(arguments[0]);
        Path log = Path.of(read(settings).getProperty("log.dirs"));
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(settings);
        }
        if (arguments.length == 3) {
            Door.open(arguments[2], arguments[1]);
        }
        Kafka.main(new String[] {settings.toString()});
    }

    private static void format(Path settings) {
        String[] arguments = {
            "format",
            "--standalone",
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--config",
            settings.toString()
        };
        int status = StorageTool.execute(arguments, System.out);
        if (status != 0) {
            throw new IllegalStateException("could not format the broker's storage");
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
