package kontor.gateway.export;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import kontor.captures.export.RecordedEvent;
import kontor.captures.export.SessionCapture;
import kontor.filters.Filter;
import kontor.gateway.filtering.FilterArchive;
import kontor.gateway.markers.Marker;
import kontor.gateway.markers.MarkerArchive;
import kontor.gateway.sessions.SessionSummary;
import kontor.gateway.settings.GatewaySettings;
import kontor.vocabulary.Bytes;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes sessions as captures, a page of events at a time, as fast as its reader takes them: what
 * waits in memory for one reader is a page, and messages that are not whole.
 */
@Component
class SessionExport {

    private static final int EVENTS_AT_ONCE = 256;
    private static final String LAST_EVENT = "session_ended";

    private final ExportArchive archive;
    private final FilterArchive filtered;
    private final MarkerArchive markers;
    private final Duration poll;
    private final Scheduler queries =
            Schedulers.fromExecutorService(
                    Executors.newThreadPerTaskExecutor(
                            Thread.ofVirtual().name("kontor-export-", 1).factory()));

    SessionExport(
            ExportArchive archive,
            FilterArchive filtered,
            MarkerArchive markers,
            GatewaySettings settings) {
        this.archive = archive;
        this.markers = markers;
        this.filtered = filtered;
        this.poll = settings.stream().databasePoll();
    }

    /** All blocking work of an export happens there. */
    Scheduler queries() {
        return queries;
    }

    /**
     * The session as pcapng.
     *
     * @param live whether it goes on, once it has come to what is there, until the session ends
     */
    Flux<Bytes> pcapng(SessionSummary session, Optional<Filter> filter, boolean live) {
        return Flux.defer(() -> {
            Writing writing = new Writing(session, filter, live);
            return Mono.fromCallable(writing::step)
                    .subscribeOn(queries)
                    .flatMap(bytes -> pause(writing, bytes))
                    .repeat(() -> !writing.ended)
                    .filter(bytes -> !bytes.isEmpty());
        });
    }

    /** A live one has come to the end of what is there, and looks again later. */
    private Mono<Bytes> pause(Writing writing, Bytes bytes) {
        Mono<Bytes> now = Mono.just(bytes);
        return writing.waits && bytes.isEmpty() ? now.delayElement(poll) : now;
    }

    /** One export's place. Its steps follow each other. */
    private final class Writing {

        private final UUID session;
        private final Optional<Filter> filter;
        private final boolean live;
        private final SessionCapture capture;
        private long after;
        private volatile boolean waits;
        private volatile boolean ended;

        Writing(SessionSummary session, Optional<Filter> filter, boolean live) {
            this.session = session.id();
            this.filter = filter;
            this.live = live;
            this.capture =
                    new SessionCapture(
                            "Kontor",
                            "session %s of lab %s, begun %s"
                                    .formatted(session.id(), session.lab(), session.startedAt()),
                            archive.networks(session));
        }

        Bytes step() {
            List<RecordedEvent> events = archive.eventsAfter(session, after, EVENTS_AT_ONCE, live);
            Set<Long> wanted = wanted(events);
            Map<Long, List<String>> notes = notes(events);
            boolean last = false;
            for (RecordedEvent event : events) {
                boolean shown = filter.isEmpty() || wanted.contains(event.sequence());
                capture.on(
                        event.ifWanted(shown)
                                .withNotes(notes.getOrDefault(event.sequence(), List.of())));
                after = event.sequence();
                last = event.type().equals(LAST_EVENT);
            }
            waits = events.isEmpty();
            if (last || (waits && !live)) {
                capture.end();
                ended = true;
            }
            return capture.take();
        }

        private Map<Long, List<String>> notes(List<RecordedEvent> events) {
            return events.isEmpty()
                    ? Map.of()
                    : markers
                            .markers(
                                    session,
                                    events.getFirst().sequence(),
                                    events.getLast().sequence())
                            .stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Marker::sequence,
                                            Collectors.mapping(
                                                    marker -> "marker: " + marker.label(),
                                                    Collectors.toList())));
        }

        private Set<Long> wanted(List<RecordedEvent> events) {
            return filter.map(f ->
                            filtered.among(
                                    session,
                                    events.stream().map(RecordedEvent::sequence).toList(),
                                    f))
                    .orElse(Set.of());
        }
    }
}
