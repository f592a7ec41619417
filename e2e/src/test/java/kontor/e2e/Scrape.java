package kontor.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The series that services show to Prometheus, without their values. */
final class Scrape {

    private static final Pattern SERIES =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, Set<Map<String, String>>> series = new HashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Asks one process.
     *
     * @param job a label that Prometheus adds, as {@code instance}
     */
    void take(String job, String instance, int port) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(uri + ": " + response.statusCode() + " " + response.body());
        }
        read(response.body(), Map.of("job", job, "instance", instance));
        // Prometheus makes this one itself.
        add("up", Map.of("job", job, "instance", instance));
    }

    void add(String metric, Map<String, String> labels) {
        series.computeIfAbsent(metric, _ -> new HashSet<>()).add(Map.copyOf(labels));
    }

    private void read(String text, Map<String, String> target) {
        text.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    Matcher parts = SERIES.matcher(line);
                    if (!parts.matches()) {
                        throw new AssertionError("not a series: " + line);
                    }
                    Map<String, String> labels = new HashMap<>(target);
                    Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
                    while (label.find()) {
                        // As prometheus.yaml has honor_labels, a service's own instance counts.
                        if (labels.put(label.group(1), label.group(2)) != null
                                && !label.group(1).equals("instance")) {
                            throw new AssertionError("a label of the target's, too: " + line);
                        }
                    }
                    add(parts.group(1), labels);
                });
    }

    /** All names. */
    Set<String> metrics() {
        return series.keySet();
    }

    /** The labels of each series of a metric; none where there is no such metric. */
    Set<Map<String, String>> of(String metric) {
        return series.getOrDefault(metric, Set.of());
    }
}
