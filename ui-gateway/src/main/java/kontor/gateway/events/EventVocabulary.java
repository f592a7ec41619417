package kontor.gateway.events;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kontor.packets.v1.AdapterEvent;
import kontor.sessions.v1.Verdict;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/**
 * Describes which types of events and which verdicts there are, as the topics' schemas have them.
 */
@Component
final class EventVocabulary implements OpenApiCustomizer {

    private static final String VERDICT = "VERDICT_";

    @Override
    public void customise(OpenAPI api) {
        enumerate(api, "EventSummary", "type", types());
        enumerate(api, "EventSummary", "verdict", verdicts());
    }

    /** What an adapter may say, and the session's own beginning and end. */
    static List<String> types() {
        return Stream.concat(
                        Stream.of("session_started", "session_ended"),
                        AdapterEvent.getDescriptor().getOneofs().getFirst().getFields().stream()
                                .map(FieldDescriptor::getName))
                .toList();
    }

    static List<String> verdicts() {
        return Verdict.getDescriptor().getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(EnumValueDescriptor::getName)
                .map(name -> name.substring(VERDICT.length()).toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The property's values are texts, which its type does not say. */
    @SuppressWarnings("unchecked")
    private static void enumerate(OpenAPI api, String record, String field, List<String> words) {
        @Nullable Schema<?> schema = api.getComponents().getSchemas().get(record);
        @Nullable Schema<?> property = schema == null ? null : schema.getProperties().get(field);
        if (property != null) {
            ((Schema<Object>) property).setEnum(List.copyOf(words));
        }
    }
}
