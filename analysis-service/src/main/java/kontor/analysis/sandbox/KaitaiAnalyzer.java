package kontor.analysis.sandbox;

import io.kaitai.struct.KaitaiStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import kontor.analysis.analyzer.Message;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Draft;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.kaitai.ByteBufferKaitaiStream;
import kontor.analysis.kaitai.KsyCompiler;
import kontor.analysis.kaitai.KsyFile;
import kontor.analysis.kaitai.Layout;
import kontor.analysis.kaitai.Walk;
import kontor.analysis.sandbox.SandboxedAnalyzer.Limits;
import kontor.analysis.sandbox.SandboxedAnalyzer.Loaded;
import kontor.analysis.user.MessageReport;
import kontor.analysis.user.Outcome;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.user.UserAnalyzer.Source;
import kontor.analysis.workshop.Problem;
import kontor.sandbox.AllowList;
import kontor.sandbox.Budget;
import kontor.sandbox.JavaSource;
import kontor.sandbox.UserClasses;
import org.jspecify.annotations.Nullable;

/**
 * A version of a {@code .ksy} file: its generated code is charged and bounded as that of Java
 * analyzers is, so a parser that reads nothing for ever costs its message only.
 */
final class KaitaiAnalyzer implements UserAnalyzer {

    private static final String IMPORT = "import %s.ByteBufferKaitaiStream;";
    private static final String THEIRS = IMPORT.formatted("io.kaitai.struct");
    private static final String OURS =
            IMPORT.formatted(ByteBufferKaitaiStream.class.getPackageName());
    private static final int MOST_FIELDS = 500;

    private final KsyFile file;
    private final Source source;
    private final String version;
    private final Limits limits;
    private final Constructor<?> constructor;
    private final Method read;
    private final Layout layout;
    private final List<FieldDeclaration> fields;

    private KaitaiAnalyzer(
            KsyFile file, Source source, String version, Limits limits, Class<?> root)
            throws ReflectiveOperationException {
        this.file = file;
        this.source = source;
        this.version = version;
        this.limits = limits;
        this.constructor = root.getConstructor(KaitaiStream.class);
        this.read = root.getMethod("_read");
        this.layout = Layout.of(file, root);
        this.fields = declarations();
    }

    /** Compiles a file and loads it. Never throws whatever the text is. */
    static Loaded load(Source source, String version, KsyCompiler compiler, Limits limits) {
        return switch (KsyFile.parse(source.file(), source.text())) {
            case KsyFile.Parsed.Refused(var problems) -> new Loaded.Refused(problems);
            case KsyFile.Parsed.Known(KsyFile file) ->
                    switch (compiler.compile(file, source.text())) {
                        case KsyCompiler.Compiled.Refused(var problems) ->
                                new Loaded.Refused(problems);
                        case KsyCompiler.Compiled.Generated generated ->
                                load(file, source, version, generated, limits);
                    };
        };
    }

    private static Loaded load(
            KsyFile file,
            Source source,
            String version,
            KsyCompiler.Compiled.Generated generated,
            Limits limits) {
        String className = generated.className();
        // Streams of ours know where their bytes are in the message, and check lengths first.
        String bounded = generated.source().replace(THEIRS, OURS);
        return switch (JavaSource.compile(className, bounded, Surfaces.KAITAI)) {
            case JavaSource.Compiled.Refused(var problems) ->
                    refused(
                            "the generated code does not compile: "
                                    + Surfaces.problems(problems).getFirst());
            case JavaSource.Compiled.Classes(var classes) -> {
                List<String> violations = AllowList.violations(classes, Surfaces.KAITAI);
                if (!violations.isEmpty()) {
                    yield new Loaded.Refused(violations.stream().map(Problem::of).toList());
                }
                try {
                    Budget.begin(limits.steps(), limits.bytes());
                    Class<?> root = UserClasses.load(classes, className, Surfaces.parent());
                    yield new Loaded.Ready(new KaitaiAnalyzer(file, source, version, limits, root));
                } catch (ReflectiveOperationException | RuntimeException | Error e) {
                    yield refused("cannot be loaded: " + UserClasses.describe(e));
                }
            }
        };
    }

    private static Loaded refused(String problem) {
        return new Loaded.Refused(List.of(Problem.of(problem)));
    }

    private List<FieldDeclaration> declarations() {
        List<FieldDeclaration> all = new ArrayList<>(layout.declared().values());
        if (all.size() > MOST_FIELDS) {
            throw new IllegalArgumentException(
                    "declares %d fields; allowed: %d".formatted(all.size(), MOST_FIELDS));
        }
        FieldDeclaration unknown =
                MessageReport.unknownBytes(name(), "Bytes that the file does not explain");
        if (all.stream().noneMatch(field -> field.name().equals(unknown.name()))) {
            all.add(unknown);
        }
        return List.copyOf(all);
    }

    @Override
    public String name() {
        return file.id();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public List<FieldDeclaration> fields() {
        return fields;
    }

    @Override
    public Outcome on(SeenMessage message) {
        String at = file.appliesTo().at();
        int from = at.isEmpty() ? 0 : message.offsetOf(at);
        if (from < 0 || !file.appliesTo().includes(message)) {
            return new Outcome.Nothing();
        }
        try {
            Budget.begin(limits.steps(), limits.bytes());
            return dissect(message, from);
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            return MessageReport.failed(name(), message, UserClasses.describe(e));
        }
    }

    private Outcome dissect(SeenMessage message, int from) throws ReflectiveOperationException {
        Object struct =
                constructor.newInstance(
                        new ByteBufferKaitaiStream(
                                message.bytes().from(from).asByteBuffer(), from));
        @Nullable RuntimeException misfit = read(struct);
        Draft draft = new Draft(message.bytes(), limits.fields());
        Walk walk = new Walk(layout, file, message.bytes(), limits.fields());
        walk.write(struct, name(), from, draft.cursor());
        String summary = walk.summary().isEmpty() ? message.type() : walk.summary();
        if (misfit == null) {
            if (walk.problem() != null) {
                draft.problem(walk.problem());
            }
            return new Outcome.Found(message(message, draft, summary), List.of());
        }
        @Nullable String path = walk.unfinished();
        String said = (path == null ? "" : path + ": ") + Walk.describe(misfit);
        Problem problem = file.places().problem(path == null ? "" : path, said);
        draft.problem(
                "%s:%d:%d: %s".formatted(file.file(), problem.line(), problem.column(), said));
        return new Outcome.Unfit(
                message(message, draft, summary), said, problem.line(), problem.column());
    }

    /** Returns why the message does not fit the layout; null if it does. */
    private @Nullable RuntimeException read(Object struct) throws ReflectiveOperationException {
        try {
            read.invoke(struct);
            return null;
        } catch (InvocationTargetException e) {
            return switch (e.getCause()) {
                case RuntimeException misfit -> misfit;
                case Error error -> throw error;
                case null, default -> throw e;
            };
        }
    }

    private Message message(SeenMessage seen, Draft draft, String summary) {
        Dissection found =
                draft.finish(name(), seen.type(), summary, MessageReport.unknownField(name()));
        return Message.of(seen.flow(), seen.route(), seen.piece(), found);
    }

    /** Of the generated classes. */
    ClassLoader loader() {
        return read.getDeclaringClass().getClassLoader();
    }
}
