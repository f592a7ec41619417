package kontor.analysis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kontor.analysis.analyzer.Route;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.user.AnalyzerResult;
import kontor.analysis.user.Outcome;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.user.UserAnalyzer;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/** What docs/ANALYZERS.md sends readers to. */
class ExampleAnalyzersTest {

    private static final Path EXAMPLES = Path.of("../examples/analyzers");

    @Test
    void theExampleNamesTheFieldsThatTheGuidePromises() throws IOException {
        var loaded =
                SandboxedAnalyzer.load(
                        "unload",
                        "1",
                        new UserAnalyzer.Source(
                                "Unload.java", Files.readString(EXAMPLES.resolve("Unload.java"))),
                        new SandboxedAnalyzer.Limits(500_000, 4_000_000, 100));
        assertThat(loaded).isInstanceOf(SandboxedAnalyzer.Loaded.Ready.class);
        UserAnalyzer analyzer = ((SandboxedAnalyzer.Loaded.Ready) loaded).analyzer();

        Outcome.Found found = (Outcome.Found) analyzer.on(message("x642", "ACTION_0x0848"));
        assertThat(found.message().summary()).isEqualTo("unload ship 258");
        assertThat(found.message().fields())
                .extracting(Field::name, Field::offset, Field::length)
                .containsExactly(
                        tuple("unload.unknown", 0, 8),
                        tuple("unload.ship", 8, 2),
                        tuple("unload.rest", 10, 3));
        assertThat(found.results())
                .containsExactly(
                        new AnalyzerResult("unloading", 0.5, Map.of("ship", "258"), List.of()));
        assertThat(analyzer.on(message("x642", "MOVE"))).isInstanceOf(Outcome.Nothing.class);
    }

    private static SeenMessage message(String protocol, String type) {
        return new SeenMessage(
                7,
                1,
                new Route("game1", "game2"),
                protocol,
                type,
                Piece.of(7, Bytes.ofHex("480800000d0000000201aabbcc")),
                List.of(new SeenMessage.Start("x642.body", 8, new FieldValue.None())));
    }
}
