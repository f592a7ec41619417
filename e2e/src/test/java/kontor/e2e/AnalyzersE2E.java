package kontor.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.testing.programs.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Analyzers are written, changed and broken while games play, and the games notice nothing. */
@Timeout(240)
class AnalyzersE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final Path REPOSITORY =
            Path.of(System.getProperty("kontor.examples", "../examples"))
                    .toAbsolutePath()
                    .resolve("..");
    private static final String BLOCK = "--- block ";
    private static final int PATIENCE_SECONDS = 90;

    /** Called as none of the guide's, which may still be on its way out. */
    private static final String VEERS =
            """
            meta:
              id: veers
              endian: le
              -kontor: {protocol: x642, type: MOVE, at: x642.move.moves}
            seq:
              - {id: %s, type: u2}
            """;

    /** Loops for ever at one message in 24 or so: rarely enough not to be suspended for it. */
    private static final String LOOP =
            """
            import java.util.List;
            import kontor.analyzers.*;

            public class Loop implements MessageAnalyzer {
                public List<FieldSpec> fields() {
                    return List.of(FieldSpec.number("loop.ship", "The ship"));
                }
                public boolean wants(MessageView message) {
                    return message.type().equals("MOVE");
                }
                public void analyze(MessageView message, Report report) {
                    int ship = message.offsetOf("x642.move.ship");
                    int moves = message.offsetOf("x642.move.moves");
                    while (message.u8(ship) == 7 && message.u8(moves) % 2 == 0) {}
                    report.number("loop.ship", "Ship", ship, 2);
                }
            }
            """;

    @AfterEach
    void withoutAnalyzers() throws IOException {
        if (!Files.isDirectory(STACK.analyzers())) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(STACK.analyzers())) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    @Test
    void theGuideFollowedToTheLetterGivesWhatItPromises(@TempDir Path clone) throws Exception {
        Programs.require("bash", "curl");
        Guide guide = Guide.read(REPOSITORY.resolve("docs/ANALYZERS.md"));
        Guide.Step start = guide.steps().getFirst();
        List<Guide.Step> rest = guide.steps().subList(1, guide.steps().size());
        assertThat(start.commands()).containsExactly("./kontor up --detach", "./kontor demo");
        assertThat(rest).noneMatch(step -> step.begins("./kontor"));
        Files.createSymbolicLink(clone.resolve("examples"), REPOSITORY.resolve("examples"));
        Files.createDirectories(STACK.analyzers());
        Files.createDirectories(clone.resolve("launcher/labs"));
        Files.createSymbolicLink(clone.resolve("launcher/labs/analyzers"), STACK.analyzers());

        try (PlayingGames games = new PlayingGames(STACK)) {
            games.awaitMessages("MOVE", 3);
            List<List<String>> outputs = run(clone, rest);
            for (int i = 0; i < rest.size(); i++) {
                assertThat(rest.get(i).broken(outputs.get(i)))
                        .as("not shown by %s, but %s", rest.get(i).commands(), outputs.get(i))
                        .isEmpty();
            }
            assertThat(rest).filteredOn(step -> !step.promises().isEmpty()).hasSizeGreaterThan(4);
            games.leave();
        }
    }

    /** Returns the lines that each block has written. */
    private static List<List<String>> run(Path clone, List<Guide.Step> steps) throws Exception {
        String script =
                "set -euo pipefail\n"
                        + steps.stream()
                                .map(step ->
                                        "echo '%s'\n%s\n"
                                                .formatted(
                                                        BLOCK, String.join("\n", step.commands())))
                                .collect(Collectors.joining())
                                .replace("http://localhost:8080", address(STACK.api().root()));
        Path output = clone.resolve("output");
        Process bash =
                new ProcessBuilder("bash", "-c", script)
                        .directory(clone.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = bash.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        bash.destroyForcibly();
        String written = Files.readString(output, UTF_8);
        assertThat(ended && bash.exitValue() == 0).as(written).isTrue();
        return Stream.of(written.split(BLOCK + "\n", -1))
                .skip(1)
                .map(block -> block.lines().toList())
                .toList();
    }

    private static String address(URI root) {
        String text = root.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    @Test
    void anAnalyzerIsChangedBrokenAndLoopsForEverWhileGamesPlayOn() throws Exception {
        try (PlayingGames games = new PlayingGames(STACK);
                LiveStream stream =
                        new LiveStream(
                                STACK.api()
                                        .root()
                                        .resolve("/api/sessions/" + games.session() + "/stream"))) {
            games.awaitMessages("MOVE", 3);

            save("veers.ksy", VEERS.formatted("first"));
            String first = takenOver(stream, "veers").get("version").asString();
            save("veers.ksy", VEERS.formatted("bearing"));
            JsonNode second = takenOver(stream, "veers");
            String version = second.get("version").asString();
            assertThat(version).isNotEqualTo(first);
            assertThat(second.get("results").asLong()).isPositive();
            news(stream, "veers", version, second.get("swappedAfter").asLong());

            save("veers.ksy", VEERS.formatted("bearing").replace("u2", "u3"));
            JsonNode refused = stream.await("analyzer", notice -> notice.hasNonNull("refused"));
            assertThat(refused.get("version").asString()).isEqualTo(version);
            assertThat(refused.at("/problems/0/line").asInt()).isPositive();
            long newest = stream.newest();
            news(stream, "veers", version, newest);

            save("Loop.java", LOOP);
            String loop = takenOver(stream, "loop").get("version").asString();
            JsonNode stopped = await(games, "message.completeness == \"unknown\"");
            assertThat(stopped.at("/message/problem").asString()).isNotEmpty();
            assertThat(stopped.get("analyzerVersion").asString()).isEqualTo(loop);
            await(games, "message.completeness != \"unknown\"");
            newest = stream.newest();
            news(stream, "veers", version, newest);

            games.leave();
            assertThat(stream.missing()).isEmpty();
        }
    }

    /** Waits for a message of the analyzer that loops. */
    private static JsonNode await(PlayingGames games, String filter) throws Exception {
        String encoded = URLEncoder.encode("message.analyzer == \"loop\" && " + filter, UTF_8);
        return STACK.api()
                .await(
                        "/api/sessions/%s/messages?limit=1&filter=%s"
                                .formatted(games.session(), encoded),
                        page -> !page.get("messages").isEmpty())
                .at("/messages/0");
    }

    /** The next word that a version has taken over in the session. */
    private static JsonNode takenOver(LiveStream stream, String analyzer) throws Exception {
        return stream.await(
                "analyzer",
                notice ->
                        notice.get("analyzer").asString().equals(analyzer)
                                && notice.hasNonNull("session"));
    }

    /** A version finds something behind an event. */
    private static void news(LiveStream stream, String analyzer, String version, long behind)
            throws Exception {
        stream.await(
                "messages",
                result ->
                        isOf(result, analyzer, version)
                                && result.get("sequence").asLong() > behind);
    }

    private static boolean isOf(JsonNode result, String analyzer, String version) {
        return result.get("analyzer").asString().equals(analyzer)
                && result.get("analyzerVersion").asString().equals(version);
    }

    /** As editors do it: never half of a file. */
    private static void save(String file, String text) throws IOException {
        Files.createDirectories(STACK.analyzers());
        Path written = Files.writeString(STACK.analyzers().resolve(file + ".new"), text);
        Files.move(
                written,
                STACK.analyzers().resolve(file),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
