package kontor.topics;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;

/**
 * What a person may choose about the topics.
 *
 * @param partitions of the topics keyed by lab and by session, 1 or more; labs spread over them
 * @param replicas copies of each partition, 1 or more; as many brokers are needed
 * @param retention how long records stay; negative: for ever
 */
public record TopicSettings(int partitions, short replicas, Duration retention) {

    static final String PARTITIONS = "KONTOR_TOPIC_PARTITIONS";
    static final String REPLICAS = "KONTOR_TOPIC_REPLICAS";
    static final String RETENTION = "KONTOR_TOPIC_RETENTION";

    /**
     * One lab, one broker; records stay for ever, for the log is what everything else can be made
     * from again.
     */
    public static final TopicSettings STANDARD =
            new TopicSettings(1, (short) 1, Duration.ofMillis(-1));

    public TopicSettings {
        if (partitions < 1 || replicas < 1) {
            throw new IllegalArgumentException("a topic has 1 partition and 1 replica at least");
        }
    }

    public TopicSettings withPartitions(int number) {
        return new TopicSettings(number, replicas, retention);
    }

    /**
     * From {@code KONTOR_TOPIC_PARTITIONS}, {@code KONTOR_TOPIC_REPLICAS} and {@code
     * KONTOR_TOPIC_RETENTION} ({@code P30D}). Absent or empty: as in {@link #STANDARD}.
     *
     * @throws IllegalArgumentException if one is not as it has to be; names it
     */
    static TopicSettings of(Map<String, String> environment) {
        return new TopicSettings(
                read(environment, PARTITIONS, Integer::parseInt, STANDARD.partitions),
                read(environment, REPLICAS, Short::parseShort, STANDARD.replicas),
                read(environment, RETENTION, Duration::parse, STANDARD.retention));
    }

    private static <T> T read(
            Map<String, String> environment, String name, Function<String, T> parser, T otherwise) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return parser.apply(text);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "%s=%s: %s".formatted(name, text, e.getMessage()), e);
        }
    }
}
