package kontor.gateway.stream;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.gateway.events.EventSummary;
import kontor.gateway.messages.AnalysisNews;
import kontor.gateway.reloads.ReloadSummary;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/**
 * Describes the items of the live stream: the media type's schema is one server-sent event, whose
 * {@code data} is the JSON text of what its {@code event} says.
 */
@Component
final class StreamDescription implements OpenApiCustomizer {

    private static final String STREAM = "text/event-stream";
    private static final String SCHEMAS = "#/components/schemas/";

    /** What comes as which event. */
    static final Map<String, Class<?>> ITEMS = items();

    private static Map<String, Class<?>> items() {
        Map<String, Class<?>> items = new LinkedHashMap<>();
        items.put("event", EventSummary.class);
        items.put("messages", AnalysisNews.class);
        items.put("gap", StreamGap.class);
        items.put("progress", StreamProgress.class);
        items.put("reload", ReloadSummary.class);
        return items;
    }

    @Override
    public void customise(OpenAPI api) {
        Schema<?> item = new Schema<>();
        item.setDescription("One server-sent event; 'data' is JSON text of the type given here.");
        ITEMS.forEach((event, type) -> {
            ModelConverters.getInstance(true)
                    .read(type)
                    .forEach(api.getComponents().getSchemas()::putIfAbsent);
            String name = "Stream" + type.getSimpleName().replace("Stream", "") + "Item";
            api.getComponents().addSchemas(name, described(event, type));
            item.addOneOfItem(new Schema<>().$ref(SCHEMAS + name));
        });
        api.getComponents().addSchemas("StreamItem", item);
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> operation.getResponses().values().stream())
                .filter(response -> response.getContent() != null)
                .filter(response -> response.getContent().containsKey(STREAM))
                .forEach(response ->
                        response.getContent()
                                .addMediaType(
                                        STREAM,
                                        new MediaType()
                                                .schema(
                                                        new Schema<>()
                                                                .$ref(SCHEMAS + "StreamItem"))));
    }

    private static Schema<?> described(String event, Class<?> type) {
        Schema<Object> name = new Schema<>();
        name.addType("string");
        name.setEnum(List.of(event));
        Schema<Object> id = new Schema<>();
        id.addType("string");
        id.setDescription("what to go on from; absent with 'reload'");
        Schema<Object> item = new Schema<>();
        item.addType("object");
        item.setRequired(List.of("event", "data"));
        item.setProperties(
                Map.of(
                        "event", name,
                        "id", id,
                        "data", new Schema<>().$ref(SCHEMAS + type.getSimpleName())));
        return item;
    }
}
