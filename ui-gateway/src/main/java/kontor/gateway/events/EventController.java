package kontor.gateway.events;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.filters.Filter;
import kontor.gateway.filtering.FilterArchive;
import kontor.gateway.filtering.FilterParameter;
import kontor.gateway.http.Paging;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.messages.MessageArchive;
import kontor.gateway.messages.MessageArchive.MessageCursor;
import kontor.gateway.messages.MessageDetail;
import kontor.gateway.messages.MessagePage;
import kontor.gateway.messages.MessageSummary;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Session events and the messages found in them. */
@RestController
@RequestMapping("/api/sessions/{id}")
@Tag(name = "events")
class EventController {

    private static final String FIELDS =
            "names of fields of /api/fields, with commas between them, 32 at most";

    private static final int MOST_FIELDS = 32;

    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,99}");

    /** What a page may have beside events and messages. */
    private record Extras(List<String> fields, boolean receipts) {}

    private final SessionArchive sessions;
    private final EventArchive events;
    private final MessageArchive messages;
    private final FilterArchive filtered;
    private final FilterParameter filters;

    EventController(
            SessionArchive sessions,
            EventArchive events,
            MessageArchive messages,
            FilterArchive filtered,
            FilterParameter filters) {
        this.sessions = sessions;
        this.events = events;
        this.messages = messages;
        this.filtered = filtered;
        this.filters = filters;
    }

    @GetMapping("/events")
    @Operation(
            summary = "Events with their messages, in rising order",
            description =
                    "With 'after' the first ones above it, with 'before' alone the last ones below"
                        + " it, with neither the first ones of the session. To begin at the end,"
                        + " take 'before' = lastSequence + 1 of the session. A filter sees an event"
                        + " with all its messages that are known by now. With 'fields' the messages"
                        + " have their values of them, with 'receipts' the events their"
                        + " deliveries.")
    EventPage events(
            @PathVariable UUID id,
            @Parameter(description = FilterParameter.DESCRIPTION, example = "udp.port == 2350")
                    @RequestParam(required = false)
                    @Nullable String filter,
            @Parameter(description = "session sequence, excluded", example = "0")
                    @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = "session sequence, excluded", example = "101")
                    @RequestParam(required = false)
                    @Nullable Long before,
            @Parameter(description = "1 to 1000, 100 if left out", example = "100")
                    @RequestParam(required = false)
                    @Nullable Integer limit,
            @Parameter(description = FIELDS, example = "dplay.command,dplay.chat.text")
                    @RequestParam(required = false)
                    @Nullable String fields,
            @Parameter(description = "whether deliveries are wanted; false if left out")
                    @RequestParam(required = false)
                    @Nullable Boolean receipts) {
        int most = Paging.limit(limit);
        Extras extras = new Extras(fieldNames(fields), Boolean.TRUE.equals(receipts));
        long above = Paging.sequence("after", after, 0);
        long below = Paging.sequence("before", before, Long.MAX_VALUE);
        Optional<Filter> wanted = filters.read(filter);
        requireSession(id);
        boolean backwards = after == null && before != null;
        if (wanted.isPresent()) {
            return filteredPage(id, wanted.get(), above, below, most, backwards, extras);
        }
        List<EventSummary> page =
                backwards
                        ? events.eventsBefore(id, below, most)
                        : events.eventsAfter(id, above, below, most);
        boolean more = backwards || page.size() == most;
        return page(id, page, above, more, extras);
    }

    /** Its cursor is behind all that was searched, found or not. */
    private EventPage filteredPage(
            UUID id,
            Filter filter,
            long above,
            long below,
            int most,
            boolean backwards,
            Extras extras) {
        // How far it goes is read first: what comes meanwhile is sent again, never lost.
        long newest = events.last(id);
        long analysed = messages.reached(id, Long.MAX_VALUE).sequence();
        List<Long> found =
                backwards
                        ? filtered.eventsBefore(id, below, most, filter)
                        : filtered.eventsAfter(id, above, below, most, filter);
        boolean full = found.size() == most;
        long through = full && !backwards ? found.getLast() : Math.min(below - 1, newest);
        MessageArchive.Reached reached = messages.reached(id, through);
        EventPage page = page(id, events.events(id, found), above, backwards || full, extras);
        FeedCursor cursor =
                filter.needsMessages()
                        ? FeedCursor.at(id, Math.min(through, analysed))
                        : FeedCursor.of(id, through, reached.sequence(), reached.analyzers());
        return new EventPage(page.events(), cursor.toString(), page.next(), page.previous());
    }

    @GetMapping("/events/count")
    @Operation(summary = "How many events a filter finds, with the messages that are known by now")
    EventCount count(
            @PathVariable UUID id,
            @Parameter(description = FilterParameter.DESCRIPTION, example = "udp.port == 2350")
                    @RequestParam(required = false)
                    @Nullable String filter) {
        Filter wanted = filters.readOrAll(filter);
        requireSession(id);
        return new EventCount(filtered.count(id, wanted));
    }

    @GetMapping("/events/blocks")
    @Operation(
            summary = "How many events a filter finds in each block of the session",
            description =
                    "From it follows how many of them are before any sequence, and which block the"
                            + " n-th one is in. Blocks are as short as a bounded answer allows.")
    EventBlocks blocks(
            @PathVariable UUID id,
            @Parameter(description = FilterParameter.DESCRIPTION, example = "udp.port == 2350")
                    @RequestParam(required = false)
                    @Nullable String filter) {
        Filter wanted = filters.readOrAll(filter);
        boolean hasEnded = session(id).endedAt() != null;
        // How far it goes is read first: the stream brings what comes meanwhile.
        long newest = events.last(id);
        long through =
                hasEnded || !wanted.needsMessages()
                        ? newest
                        : Math.min(newest, messages.reached(id, Long.MAX_VALUE).sequence());
        return filtered.blocks(id, through, wanted)
                .map(counts -> new EventBlocks(through, counts.blockLength(), counts.list()))
                .orElseGet(() -> new EventBlocks(through, null, null));
    }

    private EventPage page(
            UUID id, List<EventSummary> page, long above, boolean more, Extras extras) {
        long first = page.isEmpty() ? above : page.getFirst().sequence();
        long last = page.isEmpty() ? above : page.getLast().sequence();
        // How far analysis was is read first: what comes meanwhile is sent again, never lost.
        MessageArchive.Reached reached = messages.reached(id, last);
        List<Long> sequences = page.stream().map(EventSummary::sequence).toList();
        Map<Long, List<MessageSummary>> found = messages.summaries(id, sequences, extras.fields());
        Map<Long, List<EventDetail.Delivery>> deliveries =
                extras.receipts() ? events.deliveries(id, sequences) : Map.of();
        return new EventPage(
                page.stream()
                        .map(event ->
                                new EventWithMessages(
                                        event,
                                        found.getOrDefault(event.sequence(), List.of()),
                                        extras.receipts()
                                                ? deliveries.getOrDefault(
                                                        event.sequence(), List.of())
                                                : null))
                        .toList(),
                FeedCursor.of(id, last, reached.sequence(), reached.analyzers()).toString(),
                more && !page.isEmpty() ? Long.valueOf(last) : null,
                page.isEmpty() || first <= 1 ? null : Long.valueOf(first));
    }

    @GetMapping("/events/{sequence}")
    @Operation(
            summary = "One event",
            description =
                    "Its bytes, original and delivered; its deliveries with their receipts; every"
                            + " message that has bytes in it, with fields and byte ranges.")
    EventDetail event(
            @PathVariable UUID id,
            @Parameter(description = "session sequence", example = "42") @PathVariable
                    long sequence) {
        EventDetail event =
                events.event(id, sequence)
                        .orElseThrow(() -> {
                            requireSession(id);
                            return ProblemKind.NO_SUCH_EVENT.with(
                                    "session %s has no event %d".formatted(id, sequence));
                        });
        @Nullable FlowPart flow = event.event().flow();
        List<MessageDetail> inIt =
                messages.messagesIn(id, sequence, flow == null ? null : flow.number());
        return event.withMessages(inIt);
    }

    @GetMapping("/messages")
    @Operation(summary = "Messages, in the order in which they became whole")
    MessagePage messages(
            @PathVariable UUID id,
            @Parameter(description = FilterParameter.DESCRIPTION, example = "dplay.command == 0x16")
                    @RequestParam(required = false)
                    @Nullable String filter,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(description = "1 to 1000, 100 if left out", example = "100")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        int most = Paging.limit(limit);
        MessageCursor behind = cursor(cursor);
        Optional<Filter> wanted = filters.read(filter);
        requireSession(id);
        List<MessageDetail> page =
                wanted.map(f -> messages.messages(id, filtered.messagesAfter(id, behind, most, f)))
                        .orElseGet(() -> messages.messagesAfter(id, behind, most));
        return new MessagePage(
                page, Paging.next(page, most, last -> text(MessageCursor.behind(last.message()))));
    }

    private static MessageCursor cursor(@Nullable String text) {
        return text == null
                ? MessageCursor.BEGINNING
                : Paging.decode(
                        text,
                        3,
                        parts ->
                                new MessageCursor(
                                        Long.parseLong(parts[0]),
                                        Integer.parseInt(parts[1]),
                                        parts[2]));
    }

    private static String text(MessageCursor cursor) {
        return Paging.encode(cursor.sequence() + " " + cursor.index() + " " + cursor.analyzer());
    }

    private static List<String> fieldNames(@Nullable String fields) {
        if (fields == null || fields.isEmpty()) {
            return List.of();
        }
        List<String> names = List.of(fields.split(",", -1));
        if (names.size() > MOST_FIELDS
                || !names.stream().allMatch(name -> FIELD_NAME.matcher(name).matches())) {
            throw ProblemException.badParameter("fields", fields, FIELDS);
        }
        return names;
    }

    private void requireSession(UUID id) {
        session(id);
    }

    private SessionSummary session(UUID id) {
        return sessions.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
    }
}
