package kontor.analysis.kafka;

import com.google.protobuf.ByteString;
import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import java.util.Optional;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.reassembly.Span;
import kontor.analysis.sessions.Effect;
import kontor.analysis.user.AnalyzerResult;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.OwnResult;

/** Findings as {@code AnalysisResult}. */
final class ResultRecords {

    private static final String SHORTENED =
            "the fields are too many for a record; the database has them";

    private final long limitBytes;

    /**
     * @param limitBytes of a result
     */
    ResultRecords(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** What becomes of a finding on its way to Kafka. */
    sealed interface Outcome {

        record Whole(AnalysisResult result) implements Outcome {}

        /** Without fields: with them it would not fit into a record. */
        record Shortened(AnalysisResult result) implements Outcome {}

        /** Does not fit into a record even so; it is in the database only. */
        record Withheld() implements Outcome {}
    }

    Outcome of(Effect.Found found) {
        AnalysisResult whole = result(found, true);
        if (whole.getSerializedSize() <= limitBytes) {
            return new Outcome.Whole(whole);
        }
        AnalysisResult shortened = result(found, false);
        return shortened.getSerializedSize() <= limitBytes
                ? new Outcome.Shortened(shortened)
                : new Outcome.Withheld();
    }

    private static AnalysisResult result(Effect.Found found, boolean withFields) {
        AnalysisResult.Builder result =
                AnalysisResult.newBuilder()
                        .setLab(found.lab().value())
                        .setSessionId(found.session().toString())
                        .setSessionSequence(found.sequence())
                        .setAnalyzer(found.analyzer())
                        .setAnalyzerVersion(found.version());
        for (int i = 0; i < found.messages().size(); i++) {
            result.addMessages(message(i, found.messages().get(i), withFields));
        }
        found.results().forEach(own -> result.addOwnResults(own(own)));
        return result.build();
    }

    private static OwnResult own(AnalyzerResult result) {
        return OwnResult.newBuilder()
                .setResultType(result.type())
                .setConfidence(result.confidence())
                .putAllAnalysisData(result.data())
                .addAllRelatedEvents(result.relatedEvents())
                .build();
    }

    private static kontor.analysis.v1.Message message(int index, Message message, boolean fields) {
        kontor.analysis.v1.Message.Builder built =
                kontor.analysis.v1.Message.newBuilder()
                        .setIndex(index)
                        .setFlow(message.flow())
                        .setFromInstance(message.route().from())
                        .setToInstance(message.route().to())
                        .setProtocol(message.protocol())
                        .setType(message.type())
                        .setSummary(message.summary())
                        .setCompleteness(completeness(message.completeness()))
                        .setReassembled(message.isReassembled());
        message.spans().forEach(span -> built.addSpans(span(span)));
        Optional<String> problem = message.problem();
        if (fields) {
            message.fields().forEach(field -> built.addFields(field(field)));
        } else {
            problem = problem.or(() -> Optional.of(SHORTENED));
        }
        return built.setProblem(problem.orElse("")).build();
    }

    private static kontor.analysis.v1.Span span(Span span) {
        return kontor.analysis.v1.Span.newBuilder()
                .setSessionSequence(span.sessionSequence())
                .setOffset(span.offset())
                .setLength(span.length())
                .build();
    }

    private static kontor.analysis.v1.Field field(Field field) {
        kontor.analysis.v1.Field.Builder built =
                kontor.analysis.v1.Field.newBuilder()
                        .setName(field.name())
                        .setLabel(field.label())
                        .setOffset(field.offset())
                        .setLength(field.length())
                        .setValue(value(field.value()))
                        .setDisplay(field.display())
                        .setBits(ByteString.copyFrom(field.bits().asByteBuffer()));
        field.children().forEach(child -> built.addChildren(field(child)));
        return built.build();
    }

    private static Value value(FieldValue value) {
        return switch (value) {
            case FieldValue.Numeric(long number) ->
                    Value.newBuilder().setNumberValue((double) number).build();
            case FieldValue.Text(String text) -> Value.newBuilder().setStringValue(text).build();
            case FieldValue.Flag(boolean flag) -> Value.newBuilder().setBoolValue(flag).build();
            case FieldValue.None() -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        };
    }

    private static kontor.analysis.v1.Completeness completeness(Completeness completeness) {
        return switch (completeness) {
            case WHOLE -> kontor.analysis.v1.Completeness.COMPLETENESS_WHOLE;
            case MALFORMED -> kontor.analysis.v1.Completeness.COMPLETENESS_MALFORMED;
            case TRUNCATED -> kontor.analysis.v1.Completeness.COMPLETENESS_TRUNCATED;
            case UNKNOWN -> kontor.analysis.v1.Completeness.COMPLETENESS_UNKNOWN;
        };
    }
}
