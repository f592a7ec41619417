package kontor.launcher.figures;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.ProcessIdentity;

/**
 * What a service of a stack has allocated, by its own metrics. They move when its collector runs,
 * so that is made to run; of a process without metrics nothing is known.
 */
public final class CollectedHeaps implements AllocationFigures.Heaps {

    private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";
    private static final String COLLECTIONS = "jvm_gc_pause_seconds_count";

    /** The cause of a collection that jcmd asks for. */
    private static final String ASKED = "cause=\"Diagnostic Command\"";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 20;

    private final Path jcmd;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * @param jcmd the JDK's program
     */
    public CollectedHeaps(Path jcmd) {
        this.jcmd = jcmd;
    }

    @Override
    public double allocated(StackState.Entry process) throws IOException, InterruptedException {
        ProcessIdentity identity = process.identity();
        String health = process.health();
        if (identity == null || health == null) {
            throw new IOException(process.name() + " has no metrics");
        }
        URI metrics = URI.create(health).resolve("actuator/prometheus");
        double before = sum(get(metrics), COLLECTIONS, ASKED);
        collect(identity.pid());
        // The metrics learn of it a little later.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String now = get(metrics);
            if (sum(now, COLLECTIONS, ASKED) > before) {
                return sum(now, ALLOCATED, "");
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the metrics of " + process.name() + " do not show its collection");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private void collect(long pid) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(jcmd.toString(), Long.toString(pid), "GC.run"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("%s exited with status %d".formatted(jcmd, status));
        }
    }

    private String get(URI metrics) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(metrics).timeout(PATIENCE).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(metrics, answer.statusCode()));
        }
        return answer.body();
    }

    /**
     * The values of a meter in Prometheus' text, summed over its labels.
     *
     * @param label must be among them; or empty
     */
    static double sum(String metrics, String meter, String label) {
        return metrics.lines()
                .filter(line -> line.startsWith(meter + "{") || line.startsWith(meter + " "))
                .filter(line -> line.contains(label))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .sum();
    }
}
