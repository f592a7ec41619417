package kontor.gateway.stream;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import kontor.gateway.analyzers.AnalyzerNotice;
import kontor.gateway.events.EventSummary;
import kontor.gateway.markers.MarkerNews;
import kontor.gateway.messages.AnalysisNews;
import kontor.gateway.reloads.ReloadSummary;
import kontor.gateway.runs.RunNotice;
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

    /**
     * What comes as which event.
     *
     * @param schema the type's name in the description
     */
    private record Item(String event, String schema, Class<?> type) {}

    private static final List<Item> ITEMS =
            List.of(
                    new Item("event", "EventSummary", EventSummary.class),
                    new Item("messages", "AnalysisNews", AnalysisNews.class),
                    new Item("gap", "StreamGap", StreamGap.class),
                    new Item("progress", "StreamProgress", StreamProgress.class),
                    new Item("marker", "MarkerChange", MarkerNews.Change.class),
                    new Item("reload", "ReloadSummary", ReloadSummary.class),
                    new Item("analyzer", "AnalyzerNotice", AnalyzerNotice.class),
                    new Item("run", "RunNotice", RunNotice.class));

    @Override
    public void customise(OpenAPI api) {
        Schema<?> item = new Schema<>();
        item.setDescription("One server-sent event; 'data' is JSON text of the type given here.");
        for (Item one : ITEMS) {
            ModelConverters.getInstance(true)
                    .read(one.type())
                    .forEach(api.getComponents().getSchemas()::putIfAbsent);
            String name = "StreamItem." + one.event();
            api.getComponents().addSchemas(name, described(one));
            item.addOneOfItem(new Schema<>().$ref(SCHEMAS + name));
        }
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

    private static Schema<?> described(Item one) {
        Schema<Object> name = new Schema<>();
        name.addType("string");
        name.setEnum(List.of(one.event()));
        Schema<Object> id = new Schema<>();
        id.addType("string");
        id.setDescription(
                "what to go on from; absent with 'marker', 'reload', 'analyzer' and 'run'");
        Schema<Object> item = new Schema<>();
        item.addType("object");
        item.setRequired(List.of("event", "data"));
        item.setProperties(
                Map.of(
                        "event", name,
                        "id", id,
                        "data", new Schema<>().$ref(SCHEMAS + one.schema())));
        return item;
    }
}
