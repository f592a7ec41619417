package kontor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * There is one fence and one order of a session, in {@code kontor.log}. Reads the sources of all
 * modules: a comparison of epochs, or of a session's sequence with the last one, anywhere else has
 * to be listed here with what it is about.
 */
class OneFenceTest {

    private static final Path ROOT = Path.of("..");

    private static final Pattern EPOCHS =
            Pattern.compile(
                    "(?i)[\\w.]*epoch(?:\\(\\)|\\b)\\s*(?:[<>]=?|[=!]=)\\s"
                            + "|(?<!-)[<>]=?\\s+[\\w.()]*epoch(?:\\(\\)|\\b(?!\\.))"
                            + "|\\b(?:compare|max|min)\\([^)]*epoch(?!Second|Milli)");

    private static final Pattern ORDER =
            Pattern.compile(
                    "(?:event|input|entry|record|row|next)\\.(?:get)?[sS](?:ession)?[sS]?equence\\(\\)"
                        + "\\s*(?:<=|>|!=|==)\\s*\\w*(?:last|highest|expected)\\w*",
                    Pattern.CASE_INSENSITIVE);

    /** Not about whether a record of the session log counts. */
    private static final Map<String, String> OTHER_EPOCHS =
            Map.of(
                    "adapter-service/.*/(CommandGate|KafkaCommandSource|CommandFeed).java",
                            "an adapter's commands",
                    "launcher/.*", "status of processes, on the control topic",
                    "ui-gateway/.*/(ReloadBoard|ServiceBoard).java", "the control topic",
                    "ui-gateway/.*/tail/Checkpoints.java", "which record a checkpoint names",
                    "orchestrator-service/(?!.*(/sequencer/|/PartitionLog)).*",
                            "its own claim against others', and reloads");

    private static final Map<String, String> OTHER_SEQUENCES =
            Map.of(
                    "orchestrator-service/.*/Sequencer.java", "an adapter's events, by run",
                    "ui-gateway/.*/continuity/SessionFold.java", "proof that rows have no gap");

    @Test
    void onlyTheFenceComparesEpochsOfSessionRecords() throws IOException {
        assertThat(found(EPOCHS, OTHER_EPOCHS)).isEmpty();
    }

    @Test
    void onlyTheOrderComparesSequencesOfSessionRecords() throws IOException {
        assertThat(found(ORDER, OTHER_SEQUENCES)).isEmpty();
    }

    @Test
    void aSecondFenceWouldBeSeen() {
        assertThat(
                        Stream.of(
                                "if (entry.epoch() < epoch) {",
                                "if (entry.ownerEpoch() < claimed) {",
                                "if (event.getOwnerEpoch() <= highest) {",
                                "if (any && epoch < highest) {",
                                "if (highest > event.getOwnerEpoch()) {",
                                "epoch = Math.max(epoch, claim.epoch());"))
                .allMatch(line -> EPOCHS.matcher(line).find());
        assertThat(
                        Stream.of(
                                "if (event.sequence() <= highest) {",
                                "if (event.sequence() != highest + 1) {",
                                "if (input.sequence() > lastSequence + 1) {",
                                "if (event.getSessionSequence() <= last) {"))
                .allMatch(line -> ORDER.matcher(line).find());
    }

    private static Map<String, List<String>> found(
            Pattern comparison, Map<String, String> exceptions) throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/main/java/kontor");
                if (Files.isDirectory(sources)) {
                    search(sources, comparison, exceptions, found);
                }
            }
        }
        return found;
    }

    private static void search(
            Path sources,
            Pattern comparison,
            Map<String, String> exceptions,
            Map<String, List<String>> found)
            throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path path : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                String file = ROOT.relativize(path).toString();
                if (file.startsWith("schemas/src/main/java/kontor/log/")
                        || exceptions.keySet().stream().anyMatch(file::matches)) {
                    continue;
                }
                List<String> lines = new ArrayList<>();
                for (String line : Files.readAllLines(path)) {
                    if (comparison.matcher(line).find()) {
                        lines.add(line.strip());
                    }
                }
                if (!lines.isEmpty()) {
                    found.put(file, lines);
                }
            }
        }
    }
}
