package kontor.analysis.sandbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.analysis.dissect.Certainty;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.FieldType;
import kontor.analysis.user.MessageReport;
import kontor.analysis.user.Outcome;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.user.UserAnalyzer.Source;
import kontor.analysis.workshop.Problem;
import kontor.analyzers.FieldSpec;
import kontor.analyzers.MessageAnalyzer;
import kontor.sandbox.AllowList;
import kontor.sandbox.Budget;
import kontor.sandbox.JavaSource;
import kontor.sandbox.UserClasses;

/**
 * A version of an analyzer in Java, in a class loader of its own: nothing else refers to its
 * classes, so they go with it. Thread-safe as far as the user's code is.
 */
public final class SandboxedAnalyzer implements UserAnalyzer {

    private static final int MOST_FIELDS = 500;

    private final String name;
    private final String version;
    private final Source source;
    private final Limits limits;
    private final MessageAnalyzer code;
    private final List<FieldDeclaration> fields;
    private final Set<String> declared = new HashSet<>();

    /**
     * What one call may cost.
     *
     * @param steps loops, calls and switches
     * @param bytes of arrays
     * @param fields reported of one message
     */
    public record Limits(long steps, long bytes, int fields) {}

    private SandboxedAnalyzer(
            String name, String version, Source source, Limits limits, MessageAnalyzer code) {
        this.name = name;
        this.version = version;
        this.source = source;
        this.limits = limits;
        this.code = code;
        this.fields = declarations();
        fields.forEach(field -> declared.add(field.name()));
    }

    /** What became of a file. */
    public sealed interface Loaded {

        record Ready(UserAnalyzer analyzer) implements Loaded {}

        record Refused(List<Problem> problems) implements Loaded {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Compiles a Java file and loads it. Never throws whatever the source is. */
    static Loaded load(String name, String version, Source source, Limits limits) {
        String className = AnalyzersDirectory.stem(source.file());
        return switch (JavaSource.compile(className, source.text(), Surfaces.JAVA)) {
            case JavaSource.Compiled.Refused(var problems) ->
                    new Loaded.Refused(Surfaces.problems(problems));
            case JavaSource.Compiled.Classes(var classes) -> {
                List<String> violations = AllowList.violations(classes, Surfaces.JAVA);
                yield violations.isEmpty()
                        ? instantiate(name, version, source, classes, limits)
                        : new Loaded.Refused(violations.stream().map(Problem::of).toList());
            }
        };
    }

    private static Loaded instantiate(
            String name,
            String version,
            Source source,
            Map<String, byte[]> classes,
            Limits limits) {
        String className = AnalyzersDirectory.stem(source.file());
        try {
            Budget.begin(limits.steps(), limits.bytes());
            Class<?> type = UserClasses.load(classes, className, Surfaces.parent());
            Object code = type.getConstructor().newInstance();
            return code instanceof MessageAnalyzer analyzer
                    ? new Loaded.Ready(
                            new SandboxedAnalyzer(name, version, source, limits, analyzer))
                    : refused(className + " does not implement kontor.analyzers.MessageAnalyzer");
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return refused("cannot create " + className + ": " + UserClasses.describe(cause));
        } catch (RuntimeException | Error e) {
            return refused("cannot create " + className + ": " + UserClasses.describe(e));
        }
    }

    private static Loaded refused(String problem) {
        return new Loaded.Refused(List.of(Problem.of(problem)));
    }

    private List<FieldDeclaration> declarations() {
        Budget.begin(limits.steps(), limits.bytes());
        Map<String, FieldDeclaration> found = new HashMap<>();
        for (FieldSpec field : List.copyOf(code.fields())) {
            if (!field.name().matches("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)+")
                    || !field.name().startsWith(name + ".")) {
                throw new IllegalArgumentException(
                        "field '%s' is not called '%s.' and lower-case letters, digits and _"
                                .formatted(field.name(), name));
            }
            if (found.put(field.name(), declaration(field)) != null) {
                throw new IllegalArgumentException("field " + field.name() + " is declared twice");
            }
        }
        if (found.size() > MOST_FIELDS) {
            throw new IllegalArgumentException(
                    "declares %d fields; allowed: %d".formatted(found.size(), MOST_FIELDS));
        }
        FieldDeclaration unknown =
                MessageReport.unknownBytes(name, "Bytes that the analyzer does not explain");
        found.putIfAbsent(unknown.name(), unknown);
        return List.copyOf(found.values());
    }

    private static FieldDeclaration declaration(FieldSpec field) {
        FieldType type =
                switch (field.kind()) {
                    case NUMBER -> FieldType.INTEGER;
                    case TEXT -> FieldType.STRING;
                    case BYTES -> FieldType.BYTES;
                };
        return new FieldDeclaration(
                field.name(),
                type,
                field.unit(),
                field.description(),
                Certainty.valueOf(field.certainty().name()),
                List.of());
    }

    @Override
    public String name() {
        return name;
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
        MessageReport report = new MessageReport(name, declared, message, limits.fields());
        try {
            Budget.begin(limits.steps(), limits.bytes());
            if (!code.wants(message)) {
                return new Outcome.Nothing();
            }
            code.analyze(message, report);
            return report.finish();
        } catch (RuntimeException | Error e) {
            return MessageReport.failed(name, message, UserClasses.describe(e));
        }
    }

    /** Of the user's classes. */
    ClassLoader loader() {
        return code.getClass().getClassLoader();
    }
}
