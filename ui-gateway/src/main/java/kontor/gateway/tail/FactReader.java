package kontor.gateway.tail;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Field;
import kontor.analysis.v1.Message;
import kontor.filters.evaluation.EventFacts;
import kontor.filters.evaluation.MessageFacts;
import kontor.filters.expression.Value.Octets;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FlowPart;
import kontor.gateway.live.HeardEvent;
import kontor.gateway.live.HeardResult;
import kontor.gateway.messages.AnalysisNews;
import kontor.gateway.messages.MessageSummary;
import kontor.log.Payloads;
import kontor.sessions.v1.SessionEvent;
import org.jspecify.annotations.Nullable;

/** Makes of the log's messages what filters ask about: the same as the tables say. */
final class FactReader {

    private FactReader() {}

    static HeardEvent event(SessionEvent event) {
        EventSummary summary = LogReader.event(event);
        return new HeardEvent(
                summary,
                new EventFacts(
                        summary.sequence(),
                        summary.type(),
                        summary.at(),
                        event.hasSessionStarted() ? summary.sequencedAt() : null,
                        summary.instance(),
                        summary.deliveredTo(),
                        summary.verdict(),
                        flow(summary.flow()),
                        octets(Payloads.of(event)),
                        octets(Payloads.delivered(event)),
                        List.of()));
    }

    static HeardResult result(AnalysisResult result) {
        AnalysisNews news = LogReader.result(result);
        List<MessageFacts> facts = new ArrayList<>();
        for (int i = 0; i < result.getMessagesCount(); i++) {
            Message message = result.getMessages(i);
            MessageSummary summary = news.messages().get(i);
            Map<String, List<Object>> fields = new LinkedHashMap<>();
            collect(message.getFieldsList(), fields);
            facts.add(
                    new MessageFacts(
                            summary.protocol(),
                            summary.type(),
                            summary.summary(),
                            summary.completeness(),
                            summary.problem(),
                            result.getAnalyzer(),
                            summary.length(),
                            fields));
        }
        return new HeardResult(news, facts);
    }

    private static void collect(List<Field> fields, Map<String, List<Object>> into) {
        for (Field field : fields) {
            List<Object> values = into.computeIfAbsent(field.getName(), n -> new ArrayList<>(1));
            @Nullable Object value = value(field.getValue());
            if (value != null) {
                values.add(value);
            }
            collect(field.getChildrenList(), into);
        }
    }

    private static @Nullable Object value(Value value) {
        return switch (value.getKindCase()) {
            case NUMBER_VALUE -> value.getNumberValue();
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET -> null;
        };
    }

    private static @Nullable Octets octets(@Nullable ByteString payload) {
        return payload == null ? null : Octets.of(payload.toByteArray());
    }

    private static EventFacts.@Nullable Flow flow(@Nullable FlowPart flow) {
        return flow == null
                ? null
                : new EventFacts.Flow(
                        flow.number(),
                        flow.protocol(),
                        flow.source().address(),
                        flow.source().port(),
                        flow.destination().address(),
                        flow.destination().port());
    }
}
