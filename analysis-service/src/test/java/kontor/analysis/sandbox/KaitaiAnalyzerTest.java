package kontor.analysis.sandbox;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kontor.analysis.TreeInvariants;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Route;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.FieldType;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.kaitai.KsyCompiler;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.sandbox.SandboxedAnalyzer.Loaded;
import kontor.analysis.user.Outcome;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.user.UserAnalyzer.Source;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real compiler, which the build puts into target/kaitai. */
class KaitaiAnalyzerTest {

    private static final Path EXAMPLES = Path.of("../examples/analyzers");
    private static final KsyCompiler COMPILER = KsyTexts.compiler();

    @AfterAll
    static void end() {
        COMPILER.close();
    }

    @Test
    void everyFieldHasItsRangeInTheMessage() {
        UserAnalyzer analyzer =
                ready(
                        """
                        seq:
                          - id: kind
                            type: u1
                            enum: kinds
                          - id: item
                            type: item
                            size: 3
                          - id: numbers
                            type: u2
                            repeat: expr
                            repeat-expr: 2
                        instances:
                          twice:
                            value: numbers[0] * 2
                          again:
                            pos: 0
                            type: u1
                        types:
                          item:
                            seq:
                              - id: name
                                type: strz
                                encoding: ASCII
                        enums:
                          kinds:
                            7: ship
                        """);
        Outcome.Found found = (Outcome.Found) analyzer.on(message("0741420001000200ff"));
        assertThat(found.message().completeness()).isEqualTo(Completeness.WHOLE);
        assertThat(found.message().fields().stream().flatMap(Field::flatten))
                .extracting(Field::name, Field::offset, Field::length, Field::display)
                .containsExactly(
                        tuple("sample.kind", 0, 1, "7 (ship)"),
                        tuple("sample.twice", 0, 0, "2"),
                        tuple("sample.again", 0, 0, "7"),
                        tuple("sample.item", 1, 3, ""),
                        tuple("sample.item.name", 1, 3, "AB"),
                        tuple("sample.numbers", 4, 2, "1"),
                        tuple("sample.numbers", 6, 2, "2"),
                        tuple("sample.unknown", 8, 1, "ff"));
        assertThat(found.message().summary())
                .isEqualTo("kind 7 (ship), name AB, numbers 1, numbers 2");
    }

    @ParameterizedTest
    @CsvSource({"be, e0 18 07fe 01, 5 0 42 true 7", "le, 07 18 e07f 80, 0 0 685 false 7"})
    void fieldsOfBitsHaveTheirBitsAndShareBytes(String order, String masks, String values) {
        UserAnalyzer analyzer =
                ready(
                        """
                        seq:
                          - id: first
                            type: b3%1$s
                          - type: b2%1$s
                          - id: wide
                            type: b10%1$s
                          - id: flag
                            type: b1%1$s
                          - id: whole
                            type: u1
                        """
                                .formatted(order));
        Outcome.Found found = (Outcome.Found) analyzer.on(message("a05507"));
        assertThat(found.message().completeness()).isEqualTo(Completeness.WHOLE);
        List<Field> fields = found.message().fields().stream().flatMap(Field::flatten).toList();
        assertThat(fields).extracting(Field::offset).containsExactly(0, 0, 0, 1, 2);
        assertThat(fields).extracting(Field::length).containsExactly(1, 1, 2, 1, 1);
        assertThat(fields.stream().map(field -> field.bits().toHex()).collect(joining(" ")))
                .isEqualTo(masks + " ");
        assertThat(fields.stream().map(Field::display).collect(joining(" "))).isEqualTo(values);
        TreeInvariants.check(found.message().fields(), 3);
    }

    @Test
    void fieldsAreDeclaredWithTypesUnitsAndNamesOfValues() {
        UserAnalyzer analyzer =
                ready(
                        """
                        seq:
                          - id: size
                            type: u1
                            enum: sizes
                            doc: How large
                            -unit: t
                            -certainty: verified
                          - id: rest
                            size-eos: true
                        enums:
                          sizes:
                            3: large
                        """);
        assertThat(analyzer.fields())
                .extracting(FieldDeclaration::name, FieldDeclaration::type)
                .containsExactlyInAnyOrder(
                        tuple("sample.size", FieldType.INTEGER),
                        tuple("sample.rest", FieldType.BYTES),
                        tuple("sample.unknown", FieldType.BYTES));
        FieldDeclaration size =
                analyzer.fields().stream()
                        .filter(field -> field.name().equals("sample.size"))
                        .findFirst()
                        .orElseThrow();
        assertThat(size.unit()).isEqualTo("t");
        assertThat(size.description()).isEqualTo("How large");
        assertThat(size.values()).containsExactly(new FieldDeclaration.NamedValue(3, "large"));
    }

    @Test
    void aNumberThatItsEnumDoesNotKnowIsANumberAllTheSame() {
        UserAnalyzer analyzer =
                ready(
                        """
                        seq:
                          - id: kind
                            type: u2
                            enum: kinds
                        enums:
                          kinds:
                            7: ship
                        """);
        Outcome.Found found = (Outcome.Found) analyzer.on(message("0102"));
        assertThat(found.message().fields().getFirst().value())
                .isEqualTo(new FieldValue.Numeric(0x201));
    }

    @Test
    void aMessageThatDoesNotFitKeepsTheFieldsBeforeAndNamesTheLine() {
        UserAnalyzer analyzer =
                ready(
                        """
                        seq:
                          - id: count
                            type: u1
                          - id: items
                            size: count
                        """);
        Outcome.Unfit unfit = (Outcome.Unfit) analyzer.on(message("05ff"));
        assertThat(unfit.message().problem())
                .contains("sample.ksy:10:5: seq/1: needs 5 bytes, and 1 are left");
        assertThat(unfit.line()).isEqualTo(10);
        assertThat(unfit.message().fields())
                .extracting(Field::name)
                .containsExactly("sample.count", "sample.unknown");
        assertThat(unfit.message().completeness()).isEqualTo(Completeness.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{id: a, type: nothing, repeat: eos}",
                "{id: a, size: 0, repeat: eos}",
                "{id: a, type: u1, repeat: until, repeat-until: _io.size == 0, if: back.as<u1> =="
                        + " 1}",
                "{id: a, type: deeper}",
                "{id: a, type: nothing, repeat: expr, repeat-expr: 2000000000}"
            })
    void aParserThatWouldReadForEverCostsItsMessageOnly(String attribute) {
        UserAnalyzer analyzer =
                ready(
                        """
                        seq:
                          - id: first
                            type: u1
                          - id: looping
                            type: looping
                            if: first == 1
                        types:
                          nothing: {}
                          deeper:
                            seq:
                              - {id: a, type: deeper}
                          looping:
                            seq:
                              - %s
                            instances:
                              back: {value: 1}
                        """
                                .formatted(attribute));
        Outcome outcome = analyzer.on(message("010203040506070809"));
        assertThat(outcome).isNotInstanceOf(Outcome.Nothing.class);
        assertThat(outcome).isNotInstanceOf(Outcome.Found.class);
        assertThat(analyzer.on(message("02"))).isInstanceOf(Outcome.Found.class);
    }

    @Test
    void aLengthThatLiesAllocatesNothing() {
        UserAnalyzer analyzer =
                ready(
                        """
                        seq:
                          - id: length
                            type: u4
                          - id: data
                            size: length
                        """);
        assertThat(((Outcome.Unfit) analyzer.on(message("ffffff7f"))).problem())
                .contains("needs 2147483647 bytes, and 0 are left");
    }

    @Test
    void theCompilerIsStartedAgainAfterItsEnd() {
        assertThat(KsyTexts.load(KsyTexts.HEAD, COMPILER)).isInstanceOf(Loaded.Ready.class);
        COMPILER.close();
        assertThat(KsyTexts.load(KsyTexts.HEAD, COMPILER)).isInstanceOf(Loaded.Ready.class);
    }

    @Test
    void reloadsLeaveNoLoadersBehind() {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            UserAnalyzer analyzer = ready("seq:\n  - {id: f%d, type: u1}\n".formatted(i));
            analyzer.on(message("01"));
            loaders.add(new WeakReference<>(((KaitaiAnalyzer) analyzer).loader()));
        }
        await().until(() -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
    }

    @Test
    void randomBytesNeverThrow() throws IOException {
        UserAnalyzer analyzer = example();
        Random random = new Random(1602);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 18) {
                bytes[8] = (byte) random.nextInt(4);
                bytes[9] = 0;
            }
            assertThat(analyzer.on(values(Bytes.owning(bytes))))
                    .isNotInstanceOf(Outcome.Nothing.class);
        }
    }

    @Test
    void theExampleExplainsTheValuesOfTheGame() throws IOException {
        Bytes message =
                Bytes.ofHex(
                        "4f08000024000000"
                                + "020000000c000000"
                                + "35010000"
                                + "1412"
                                + "0e00"
                                + "40060000"
                                + "39ff0000"
                                + "2c00"
                                + "0000"
                                + "10270000");
        Outcome.Found found = (Outcome.Found) example().on(values(message));
        assertThat(found.message().completeness()).isEqualTo(Completeness.WHOLE);
        assertThat(found.message().fields().stream().flatMap(Field::flatten))
                .extracting(Field::name, Field::offset, Field::length, Field::display)
                .contains(
                        tuple("stock.count", 8, 2, "2"),
                        tuple("stock.records", 16, 12, ""),
                        tuple("stock.records.value_id", 20, 2, "4628 (stock)"),
                        tuple("stock.records.value", 24, 4, "1600"),
                        tuple("stock.records.tons", 16, 0, "50"),
                        tuple("stock.records.value", 36, 4, "10000"));
    }

    private static UserAnalyzer example() throws IOException {
        Loaded loaded =
                KaitaiAnalyzer.load(
                        new Source("stock.ksy", Files.readString(EXAMPLES.resolve("stock.ksy"))),
                        "1",
                        COMPILER,
                        KsyTexts.LIMITS);
        assertThat(loaded).isInstanceOf(Loaded.Ready.class);
        return ((Loaded.Ready) loaded).analyzer();
    }

    private static SeenMessage values(Bytes bytes) {
        return new SeenMessage(
                7,
                1,
                new Route("game1", "game2"),
                "x642",
                "VALUES",
                Piece.of(7, bytes),
                List.of(new SeenMessage.Start("x642.action", 0, new FieldValue.Numeric(0x84F))));
    }

    @Test
    void aFilterSaysWhichMessagesAreMeant() {
        String scope = "x642.action == 0x84f && message.len > 8 && instance == \"game1\"";
        Loaded loaded = KsyTexts.load(KsyTexts.SCOPED.formatted(scope), COMPILER);
        assertThat(loaded).isInstanceOf(Loaded.Ready.class);
        UserAnalyzer analyzer = ((Loaded.Ready) loaded).analyzer();

        assertThat(analyzer.on(values(Bytes.ofHex("4f08000004000000ff"))))
                .isInstanceOf(Outcome.Found.class);
        assertThat(analyzer.on(values(Bytes.ofHex("4f08000004000000"))))
                .isInstanceOf(Outcome.Nothing.class);
        assertThat(analyzer.on(message("4f08000004000000ff"))).isInstanceOf(Outcome.Nothing.class);
    }

    private static UserAnalyzer ready(String body) {
        Loaded loaded = KsyTexts.load(KsyTexts.HEAD + body, COMPILER);
        assertThat(loaded).isInstanceOf(Loaded.Ready.class);
        return ((Loaded.Ready) loaded).analyzer();
    }

    private static SeenMessage message(String hex) {
        return SandboxedAnalyzerTest.message(hex);
    }
}
