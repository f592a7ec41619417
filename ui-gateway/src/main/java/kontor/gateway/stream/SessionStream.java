package kontor.gateway.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import kontor.filters.Filter;
import kontor.gateway.analyzers.AnalyzerNews;
import kontor.gateway.events.EventArchive;
import kontor.gateway.events.FeedCursor;
import kontor.gateway.filtering.FilterArchive;
import kontor.gateway.live.Feed;
import kontor.gateway.live.FeedItem;
import kontor.gateway.live.FeedStep;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.markers.MarkerArchive;
import kontor.gateway.markers.MarkerNews;
import kontor.gateway.messages.MessageArchive;
import kontor.gateway.reloads.ReloadBoard;
import kontor.gateway.reloads.ReloadNews;
import kontor.gateway.reloads.ReloadSummary;
import kontor.gateway.runs.RunArchive;
import kontor.gateway.runs.RunNews;
import kontor.gateway.runs.RunNotice;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Drives one {@link Feed} per subscriber. The next step is taken when the subscriber has taken what
 * the last one gave, so one batch at most waits for a slow one, and nobody waits for it. Queries
 * run on virtual threads.
 */
@Component
public class SessionStream {

    /** A look into a database that is not known to be behind. */
    private static final int IDLE_POLLS = 8;

    private final LiveSessions sessions;
    private final News news;
    private final EventArchive events;
    private final MessageArchive messages;
    private final FilterArchive filtered;
    private final ReloadBoard board;
    private final ReloadNews reloadNews;
    private final AnalyzerNews analyzerNews;
    private final MarkerArchive markers;
    private final MarkerNews markerNews;
    private final RunArchive runs;
    private final RunNews runNews;
    private final Clock clock;
    private final GatewaySettings.Stream settings;
    private final Duration reloadsShownFor;
    private final LongSupplier nanos = System::nanoTime;
    private final Scheduler queries =
            Schedulers.fromExecutorService(
                    Executors.newThreadPerTaskExecutor(
                            Thread.ofVirtual().name("kontor-stream-query-", 1).factory()));

    SessionStream(
            LiveSessions sessions,
            News news,
            EventArchive events,
            MessageArchive messages,
            FilterArchive filtered,
            ReloadBoard board,
            ReloadNews reloadNews,
            AnalyzerNews analyzerNews,
            MarkerArchive markers,
            MarkerNews markerNews,
            RunArchive runs,
            RunNews runNews,
            Clock clock,
            GatewaySettings settings) {
        this.sessions = sessions;
        this.news = news;
        this.events = events;
        this.messages = messages;
        this.filtered = filtered;
        this.board = board;
        this.reloadNews = reloadNews;
        this.analyzerNews = analyzerNews;
        this.markers = markers;
        this.markerNews = markerNews;
        this.runs = runs;
        this.runNews = runNews;
        this.clock = clock;
        this.settings = settings.stream();
        this.reloadsShownFor = settings.reloads().shownFor();
    }

    /**
     * All of a session behind a place, and between it the reloads of its lab, changes of analyzers
     * and the progress of runs: without end, until the subscriber goes.
     *
     * @param filter what is wanted of it; empty: all
     */
    public Flux<ServerSentEvent<Object>> behind(
            FeedCursor start, String lab, Optional<Filter> filter) {
        // One of each at most waits for a slow subscriber.
        return Flux.merge(
                1,
                session(start, filter),
                reloads(lab),
                markers(start.session()),
                analyzers(start.session().toString()),
                runs(start.session()));
    }

    /** Without an id: runs are stored and can be asked for. */
    private Flux<ServerSentEvent<Object>> runs(UUID session) {
        Mono<List<RunNotice>> stored =
                Mono.fromCallable(() -> runs.underWay(session))
                        .subscribeOn(queries)
                        .onErrorReturn(SessionStream::isAway, List.of());
        return runNews.of(session, stored)
                .map(run -> ServerSentEvent.builder().event("run").data(run).build());
    }

    /** Without an id, as the changes of analyzers are stored and can be asked for. */
    private Flux<ServerSentEvent<Object>> analyzers(String session) {
        return analyzerNews
                .all()
                .filter(notice -> notice.session() == null || notice.session().equals(session))
                .map(notice -> ServerSentEvent.builder().event("analyzer").data(notice).build());
    }

    /** Without an id, too: those that are there, and what becomes of any. */
    private Flux<ServerSentEvent<Object>> markers(UUID session) {
        Flux<MarkerNews.Change> there =
                Mono.fromCallable(() -> markers.markers(session))
                        .subscribeOn(queries)
                        .onErrorReturn(SessionStream::isAway, List.of())
                        .flatMapIterable(found -> found)
                        .map(marker -> new MarkerNews.Change(session, marker, false));
        return Flux.merge(1, markerNews.of(session), there)
                .map(change -> ServerSentEvent.builder().event("marker").data(change).build());
    }

    /** Without an id: a reload is nothing to go on behind. */
    private Flux<ServerSentEvent<Object>> reloads(String lab) {
        Mono<ReloadSummary> current =
                Mono.defer(() ->
                        Mono.justOrEmpty(board.current(lab, clock.instant(), reloadsShownFor)));
        return Flux.merge(1, reloadNews.all().filter(reload -> reload.lab().equals(lab)), current)
                .map(reload -> ServerSentEvent.builder().event("reload").data(reload).build());
    }

    private Flux<ServerSentEvent<Object>> session(FeedCursor start, Optional<Filter> filter) {
        ServerSentEvent<Object> hello =
                ServerSentEvent.builder()
                        .retry(settings.reconnect())
                        .comment("session " + start.session())
                        .build();
        return Flux.concat(
                Mono.just(hello),
                Flux.defer(() -> {
                    Subscriber subscriber = new Subscriber(start, filter);
                    return Mono.defer(subscriber::step)
                            .repeat()
                            .concatMapIterable(batch -> batch, 1);
                }));
    }

    /** One reader's loop: its steps follow one another and never overlap. */
    private final class Subscriber {

        private final Feed feed;
        private final Optional<Filtering> filtering;
        private long lastSentNanos = nanos.getAsLong();

        Subscriber(FeedCursor start, Optional<Filter> filter) {
            long poll = settings.databasePoll().toNanos();
            feed = new Feed(start, settings.batch(), poll, IDLE_POLLS * poll, lastSentNanos);
            filtering =
                    filter.map(f -> new Filtering(f, start, sessions, events, messages, filtered));
        }

        Mono<List<ServerSentEvent<Object>>> step() {
            return filtering.filter(Filtering::isAsking).map(this::decide).orElseGet(this::read);
        }

        /** Asks what must be known of items that were read. */
        private Mono<List<ServerSentEvent<Object>>> decide(Filtering asking) {
            Optional<List<FeedItem>> inMemory = asking.answerFromMemory();
            if (inMemory.isPresent()) {
                return Mono.just(emit(inMemory.get()));
            }
            Mono<List<ServerSentEvent<Object>>> stored =
                    database(() -> asking.answerFromDatabase().map(this::emit))
                            .flatMap(Mono::justOrEmpty);
            return stored.onErrorResume(
                            SessionStream::isAway,
                            e -> later().map(_ -> say("waiting for the database")))
                    .switchIfEmpty(later().map(_ -> isSilent() ? say("heartbeat") : List.of()));
        }

        private Mono<Long> later() {
            return Mono.delay(settings.databasePoll());
        }

        private boolean isSilent() {
            return nanos.getAsLong() - lastSentNanos >= settings.heartbeat().toNanos();
        }

        private Mono<List<ServerSentEvent<Object>>> read() {
            UUID id = feed.cursor().session();
            Mono<Void> next = news.next(id);
            @Nullable LiveSession session = sessions.find(id).orElse(null);
            return switch (feed.next(session, nanos.getAsLong())) {
                case FeedStep.Emit emit -> Mono.just(send(emit.items()));
                case FeedStep.ReadEvents read ->
                        query(() -> {
                            var rows =
                                    events.eventsAfter(
                                            id, read.after(), Long.MAX_VALUE, read.limit());
                            return feed.onEvents(rows, session, nanos.getAsLong());
                        });
                case FeedStep.ReadResults read ->
                        query(() -> {
                            var rows =
                                    messages.results(id, read.from(), read.through(), read.limit());
                            return feed.onResults(rows, nanos.getAsLong());
                        });
                case FeedStep.Await await ->
                        filtering
                                .filter(f -> feed.hasEnded() && f.mayHaveRest())
                                .map(f -> rest(f, next, await.nanos()))
                                .orElseGet(() -> await(next, await.nanos()));
            };
        }

        /** At the end of a session nothing comes that would tell that analysis has passed all. */
        private Mono<List<ServerSentEvent<Object>>> rest(
                Filtering asking, Mono<Void> next, long nanosAtMost) {
            long poll = Math.min(nanosAtMost, IDLE_POLLS * settings.databasePoll().toNanos());
            return database(() -> asking.askForTheRest(feed.cursor()))
                    .onErrorReturn(SessionStream::isAway, false)
                    .flatMap(asked -> asked ? Mono.just(List.of()) : await(next, poll));
        }

        private Mono<List<ServerSentEvent<Object>>> query(Callable<List<FeedItem>> query) {
            return database(() -> send(query.call()))
                    .onErrorResume(
                            SessionStream::isAway,
                            e -> {
                                feed.onDatabaseAway(nanos.getAsLong());
                                return Mono.just(say("waiting for the database"));
                            });
        }

        private <T> Mono<T> database(Callable<T> query) {
            return Mono.fromCallable(query).subscribeOn(queries).publishOn(Schedulers.parallel());
        }

        /** Ends with news, or when it is time to look again or to give a sign of life. */
        private Mono<List<ServerSentEvent<Object>>> await(Mono<Void> next, long nanosAtMost) {
            long silent = nanos.getAsLong() - lastSentNanos;
            long untilHeartbeat = Math.max(0, settings.heartbeat().toNanos() - silent);
            Duration pause = Duration.ofNanos(Math.min(nanosAtMost, untilHeartbeat));
            Mono<List<ServerSentEvent<Object>>> news = next.thenReturn(List.of());
            Mono<List<ServerSentEvent<Object>>> time =
                    Mono.delay(pause)
                            .map(tick ->
                                    nanosAtMost < untilHeartbeat ? List.of() : say("heartbeat"));
            return Mono.firstWithSignal(news, time);
        }

        private List<ServerSentEvent<Object>> say(String comment) {
            lastSentNanos = nanos.getAsLong();
            return List.of(ServerSentEvent.builder().comment(comment).build());
        }

        /** Hands items on, or to the filter, which answers in the next steps. */
        private List<ServerSentEvent<Object>> send(List<FeedItem> items) {
            if (filtering.isPresent()) {
                filtering.get().ask(items);
                return List.of();
            }
            return emit(items);
        }

        private List<ServerSentEvent<Object>> emit(List<FeedItem> items) {
            if (!items.isEmpty()) {
                lastSentNanos = nanos.getAsLong();
            }
            return encode(items);
        }
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof DataAccessException || failure instanceof TransactionException;
    }

    private static List<ServerSentEvent<Object>> encode(List<FeedItem> items) {
        List<ServerSentEvent<Object>> encoded = new ArrayList<>(items.size());
        for (FeedItem item : items) {
            ServerSentEvent.Builder<Object> event =
                    ServerSentEvent.builder().id(item.cursor().toString());
            encoded.add(
                    switch (item) {
                        case FeedItem.Event found ->
                                event.event("event").data(found.event()).build();
                        case FeedItem.Result found ->
                                event.event("messages").data(found.result()).build();
                        case FeedItem.Gap gap ->
                                event.event("gap")
                                        .data(new StreamGap(gap.from(), gap.to()))
                                        .build();
                        case FeedItem.Progress progress ->
                                event.event("progress")
                                        .data(new StreamProgress(progress.cursor().events()))
                                        .build();
                    });
        }
        return encoded;
    }
}
