package kontor.analysis.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.analysis.dissect.Certainty;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Draft;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.FieldType;
import kontor.analysis.dissect.WordView;
import kontor.analyzers.Report;
import org.jspecify.annotations.Nullable;

/** Collects what an analyzer reports of one message. */
public final class MessageReport implements Report {

    private static final int MOST_RESULTS = 16;
    private static final int MOST_TEXT = 4096;
    private static final int MOST_DATA = 64;
    private static final int MOST_WIDTH = 4;

    private final String analyzer;
    private final Set<String> declared;
    private final SeenMessage message;
    private final Draft draft;
    private final List<AnalyzerResult> results = new ArrayList<>();
    private @Nullable String summary;

    /**
     * @param declared the names of the fields that may be reported
     * @param fieldLimit how many of them at most
     */
    public MessageReport(
            String analyzer, Set<String> declared, SeenMessage message, int fieldLimit) {
        this.analyzer = analyzer;
        this.declared = declared;
        this.message = message;
        this.draft = new Draft(message.bytes(), fieldLimit);
    }

    @Override
    public void summary(String line) {
        summary = clean(line);
    }

    @Override
    public void number(String name, String label, int offset, int width) {
        if (width < 1 || width > MOST_WIDTH) {
            throw new IllegalArgumentException(
                    "field %s has a width of %d bytes; allowed: 1 to 4".formatted(name, width));
        }
        at(name, label, offset).word(name, label, width, WordView.decimal());
    }

    @Override
    public void text(String name, String label, int offset, int length) {
        at(name, label, offset).narrowText(name, label, length);
    }

    @Override
    public void bytes(String name, String label, int offset, int length) {
        at(name, label, offset).raw(name, label, length);
    }

    @Override
    public void problem(String what) {
        draft.problem(clean(what));
    }

    @Override
    public void result(
            String type, double confidence, Map<String, String> data, long... relatedEvents) {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is from 0 to 1, not " + confidence);
        }
        if (results.size() >= MOST_RESULTS || data.size() > MOST_DATA) {
            throw new IllegalArgumentException(
                    "a message has %d results with %d values each at most"
                            .formatted(MOST_RESULTS, MOST_DATA));
        }
        Map<String, String> cleaned = new LinkedHashMap<>();
        data.forEach((key, value) -> cleaned.put(clean(key), clean(value)));
        results.add(
                new AnalyzerResult(
                        clean(type),
                        confidence,
                        cleaned,
                        LongStream.of(relatedEvents).limit(MOST_DATA).boxed().toList()));
    }

    /** Returns what was reported. */
    public Outcome finish() {
        String line = summary == null ? message.type() : summary;
        Dissection found = draft.finish(analyzer, message.type(), line, unknownField(analyzer));
        return new Outcome.Found(
                Message.of(message.flow(), message.route(), message.piece(), found), results);
    }

    /** Returns the message as unknown bytes, for an analyzer that failed on it. */
    public static Outcome failed(String analyzer, SeenMessage message, String problem) {
        String summary = "%s: %s failed".formatted(message.type(), analyzer);
        Dissection unknown =
                new Draft(message.bytes(), 0)
                        .finish(analyzer, message.type(), summary, unknownField(analyzer));
        return new Outcome.Failed(
                Message.of(
                        message.flow(),
                        message.route(),
                        message.piece(),
                        unknown,
                        Completeness.UNKNOWN,
                        Optional.of(problem)),
                problem);
    }

    /** Returns the declaration of the field that has the bytes nobody reported. */
    public static FieldDeclaration unknownBytes(String analyzer, String description) {
        return new FieldDeclaration(
                unknownField(analyzer),
                FieldType.BYTES,
                "",
                description,
                Certainty.VERIFIED,
                List.of());
    }

    /** Returns the name of the field that has the bytes nobody reported. */
    public static String unknownField(String analyzer) {
        return analyzer + ".unknown";
    }

    private Cursor at(String name, String label, int offset) {
        if (!declared.contains(name)) {
            throw new IllegalArgumentException("field " + name + " is not declared");
        }
        return draft.cursor().at(label, offset);
    }

    /** Neither JSON nor the database takes control characters or halves of characters. */
    private static String clean(String text) {
        String some = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
        StringBuilder clean = new StringBuilder(some.length());
        some.codePoints()
                .map(code ->
                        Character.isISOControl(code)
                                        || Character.getType(code) == Character.SURROGATE
                                ? '\uFFFD'
                                : code)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
