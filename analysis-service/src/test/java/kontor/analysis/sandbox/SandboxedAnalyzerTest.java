package kontor.analysis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.sandbox.SandboxedAnalyzer.Limits;
import kontor.analysis.sandbox.SandboxedAnalyzer.Loaded;
import kontor.analysis.user.AnalyzerResult;
import kontor.analysis.user.Outcome;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.workshop.Problem;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxedAnalyzerTest {

    private static final Limits LIMITS = new Limits(500_000, 4_000_000, 100);
    private static final String FIRST = "report.number(\"sample.first\", \"First\", 0, 1);";

    @Test
    void fieldsHaveNamesRangesAndTheRestIsUnknown() {
        SandboxedAnalyzer analyzer = ready(FIRST + "report.summary(\"it is \" + message.u8(0));");
        assertThat(analyzer.fields())
                .extracting(FieldDeclaration::name)
                .containsExactlyInAnyOrder("sample.first", "sample.unknown");
        Outcome.Found found = (Outcome.Found) analyzer.on(message("2a0102"));
        assertThat(found.message().summary()).isEqualTo("it is 42");
        assertThat(found.message().completeness()).isEqualTo(Completeness.WHOLE);
        assertThat(found.message().fields())
                .extracting(Field::name, Field::offset, Field::length, Field::display)
                .containsExactly(
                        tuple("sample.first", 0, 1, "42"), tuple("sample.unknown", 1, 2, "0102"));
    }

    @Test
    void resultsOfItsOwnStandBesideTheFields() {
        SandboxedAnalyzer analyzer =
                ready("report.result(\"attack\", 0.75, Map.of(\"ship\", \"Anna\"), 3, 4);");
        assertThat(((Outcome.Found) analyzer.on(message("00"))).results())
                .containsExactly(
                        new AnalyzerResult(
                                "attack", 0.75, Map.of("ship", "Anna"), List.of(3L, 4L)));
    }

    @Test
    void aSourceThatDoesNotCompileIsRefusedWithLineAndColumn() {
        assertThat(refused(Sources.sample("int x = ;")))
                .containsExactly(new Problem(14, 17, "illegal start of expression"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "for (int i = 0; ; i++) { if (i < 0) i = 0; }",
                "while (true) try { while (true) {} } catch (Throwable t) {}",
                "for (;;) try { deeper(0); } catch (Throwable t) {} finally { continue; }",
                "deeper(0);",
                "Runnable r = () -> { while (true) {} }; r.run();",
                "for (;;) { long[] a = new long[1 << 16]; }",
                "byte[] all = new byte[Integer.MAX_VALUE - 8];",
                "String s = \"x\"; while (true) s = s + s;",
                "StringBuilder b = new StringBuilder(\"x\"); while (true) b.append(b);",
                "StringBuilder b = new StringBuilder(\"x\"); while (true) new StringBuilder(b);",
                "List<String> all = new ArrayList<>(); while (true) all.add(\"x\");",
                "report.number(\"sample.other\", \"Other\", 0, 1);",
                "throw new Error(\"no\");",
                "message.u32(1000);"
            })
    void whateverTheCodeDoesCostsItsMessageOnly(String code) {
        SandboxedAnalyzer analyzer = ready("if (message.u8(0) == 1) {" + code + "}" + FIRST);
        Outcome.Failed failed = (Outcome.Failed) analyzer.on(message("01ff"));
        assertThat(failed.problem()).isNotEmpty();
        assertThat(failed.message().problem()).contains(failed.problem());
        assertThat(failed.message().length()).isEqualTo(2);
        assertThat(analyzer.on(message("02ff"))).isInstanceOf(Outcome.Found.class);
    }

    @Test
    void aFailureNamesTheLineOfTheUsersFile() {
        Outcome.Failed failed =
                (Outcome.Failed) ready("int zero = 0; int x = 1 / zero;").on(message("01"));
        assertThat(failed.problem())
                .isEqualTo("ArithmeticException: / by zero (Sample.java, line 14)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(1);",
                "new Thread().start();",
                "Thread.onSpinWait();",
                "Runtime.getRuntime();",
                "\"x\".repeat(1 << 30);",
                "\"x\".matches(\"(a+)+b\");",
                "new ArrayList<String>(1 << 30);",
                "List.of(1).stream();",
                "int[][] a = new int[9999][9999];",
                "Object o = message.getClass();"
            })
    void classesThatReachTheWorldOrCostTooMuchInOneCallAreRefused(String code) {
        assertThat(refused(Sources.sample(code))).isNotEmpty();
    }

    @Test
    void aFieldOfAForeignNameIsRefused() {
        String source = Sources.sample("").replace("\"sample.first\"", "\"dplay.command\"");
        assertThat(refused(source).getFirst().message()).contains("'dplay.command'");
    }

    @Test
    void fiveHundredReloadsLeaveNeitherClassesNorLoadersNorBytesBehind() {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ready("report.summary(\"warm " + i + "\");").on(message("01"));
        }
        System.gc();
        int classes = loadedClasses();
        long heap = heapBytes();
        long metaspace = metaspaceBytes();
        for (int i = 0; i < 500; i++) {
            SandboxedAnalyzer analyzer = ready("report.summary(\"" + i + "\");");
            analyzer.on(message("01"));
            loaders.add(new WeakReference<>(analyzer.loader()));
        }
        await().until(() -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
        assertThat(loadedClasses() - classes).isLessThan(250);
        // 500 loaders that stayed would have some 10 KB of metaspace each, and their classes'
        // bytes.
        assertThat(metaspaceBytes() - metaspace).isLessThan(3L * 1024 * 1024);
        assertThat(heapBytes() - heap).isLessThan(16L * 1024 * 1024);
    }

    private static int loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static long heapBytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long metaspaceBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    private static SandboxedAnalyzer ready(String analyze) {
        Loaded loaded = load(Sources.sample(analyze));
        assertThat(loaded).isInstanceOf(Loaded.Ready.class);
        return (SandboxedAnalyzer) ((Loaded.Ready) loaded).analyzer();
    }

    private static List<Problem> refused(String source) {
        Loaded loaded = load(source);
        assertThat(loaded).isInstanceOf(Loaded.Refused.class);
        return ((Loaded.Refused) loaded).problems();
    }

    private static Loaded load(String source) {
        return SandboxedAnalyzer.load("sample", "1", "Sample", source, LIMITS);
    }

    static SeenMessage message(String hex) {
        Piece piece = Piece.of(7, Bytes.ofHex(hex));
        return SeenMessage.of(
                7,
                Message.unknown(
                        1, new Route("game1", "game2"), "DATAGRAM", piece, Optional.empty()));
    }
}
