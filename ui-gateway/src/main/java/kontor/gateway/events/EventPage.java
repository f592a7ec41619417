package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import kontor.gateway.listing.Listed;
import org.jspecify.annotations.Nullable;

/** Events in rising order of sequence. */
public record EventPage(
        List<EventWithMessages> events,
        @Schema(
                        description =
                                "give it to the live stream as 'after': it goes on right behind"
                                        + " this page, messages included",
                        example = "0190f3c2-7a11-7c53-9e1a-3f1f5a2b6c4d:42:40")
                String cursor,
        @Schema(description = "'after' for the page behind; absent at the end", example = "42")
                @Nullable Long next,
        @Schema(description = "'before' for the page ahead; absent at the beginning", example = "1")
                @Nullable Long previous)
        implements Listed {

    public EventPage {
        events = List.copyOf(events);
    }

    @Override
    public List<?> listed() {
        return events;
    }

    @Override
    public Map<String, String> following() {
        return next == null ? Map.of() : Map.of("after", next.toString());
    }
}
