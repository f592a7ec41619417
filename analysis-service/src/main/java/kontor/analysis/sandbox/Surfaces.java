package kontor.analysis.sandbox;

import io.kaitai.struct.KaitaiStream;
import io.kaitai.struct.KaitaiStruct;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.analysis.kaitai.ByteBufferKaitaiStream;
import kontor.analysis.workshop.Problem;
import kontor.analyzers.FieldSpec;
import kontor.analyzers.MessageAnalyzer;
import kontor.analyzers.MessageView;
import kontor.analyzers.Report;
import kontor.sandbox.SourceProblem;
import kontor.sandbox.Surface;

/** What analyzers of users may use, by the language that they are written in. */
final class Surfaces {

    /** Java, against the interface. */
    static final Surface JAVA =
            Surface.of(
                    List.of(
                            FieldSpec.class,
                            FieldSpec.Certainty.class,
                            FieldSpec.Kind.class,
                            MessageAnalyzer.class,
                            MessageView.class,
                            Report.class));

    private static final List<Class<?>> KAITAI_RUNTIME =
            List.of(
                    KaitaiStream.class,
                    KaitaiStream.KaitaiStructError.class,
                    KaitaiStream.UndecidedEndiannessError.class,
                    KaitaiStream.ValidationFailedError.class,
                    KaitaiStream.ValidationNotEqualError.class,
                    KaitaiStream.ValidationLessThanError.class,
                    KaitaiStream.ValidationGreaterThanError.class,
                    KaitaiStream.ValidationNotAnyOfError.class,
                    KaitaiStream.ValidationNotInEnumError.class,
                    KaitaiStream.ValidationExprError.class,
                    KaitaiStruct.class,
                    KaitaiStruct.ReadOnly.class);

    /** What the Kaitai Struct compiler has generated. */
    static final Surface KAITAI =
            new Surface(
                    Map.of(
                            KaitaiStream.class.getPackageName(),
                            // Imported by the generated code, which must not create one.
                            Stream.concat(
                                            KAITAI_RUNTIME.stream(),
                                            Stream.of(
                                                    io.kaitai.struct.ByteBufferKaitaiStream.class))
                                    .toList(),
                            ByteBufferKaitaiStream.class.getPackageName(),
                            List.of(ByteBufferKaitaiStream.class)),
                    Stream.concat(
                                    KAITAI_RUNTIME.stream().map(Class::getName),
                                    Stream.of(
                                            "java.io.IOException",
                                            "java.lang.Float",
                                            "java.lang.Number",
                                            "java.nio.charset.Charset",
                                            "java.nio.charset.StandardCharsets",
                                            "java.util.Collections",
                                            ByteBufferKaitaiStream.class.getName()))
                            .collect(Collectors.toSet()),
                    Set.of(
                            "io.kaitai.struct.KaitaiStream.processZlib",
                            "io.kaitai.struct.KaitaiStream.unprocessZlib"),
                    true);

    private Surfaces() {}

    static List<Problem> problems(List<SourceProblem> found) {
        return found.stream()
                .map(problem -> new Problem(problem.line(), problem.column(), problem.message()))
                .toList();
    }

    /** Of the classes that users' code refers to. */
    static ClassLoader parent() {
        return MessageAnalyzer.class.getClassLoader();
    }
}
