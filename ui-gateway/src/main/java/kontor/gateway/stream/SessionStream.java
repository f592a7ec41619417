package kontor.gateway.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import kontor.gateway.answers.ReloadSummary;
import kontor.gateway.answers.StreamGap;
import kontor.gateway.archive.EventArchive;
import kontor.gateway.archive.MessageArchive;
import kontor.gateway.live.Feed;
import kontor.gateway.live.FeedCursor;
import kontor.gateway.live.FeedItem;
import kontor.gateway.live.FeedStep;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.reloads.ReloadBoard;
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
    private final ReloadBoard board;
    private final ReloadNews reloadNews;
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
            ReloadBoard board,
            ReloadNews reloadNews,
            Clock clock,
            GatewaySettings settings) {
        this.sessions = sessions;
        this.news = news;
        this.events = events;
        this.messages = messages;
        this.board = board;
        this.reloadNews = reloadNews;
        this.clock = clock;
        this.settings = settings.stream();
        this.reloadsShownFor = settings.reloads().shownFor();
    }

    /**
     * All of a session behind a place, and the reloads of its lab between: without end, until the
     * subscriber goes.
     */
    public Flux<ServerSentEvent<Object>> behind(FeedCursor start, String lab) {
        // One of each at most waits for a slow subscriber.
        return Flux.merge(1, session(start), reloads(lab));
    }

    /** Without an id: a reload is nothing to go on behind. */
    private Flux<ServerSentEvent<Object>> reloads(String lab) {
        Mono<ReloadSummary> current =
                Mono.defer(() ->
                        Mono.justOrEmpty(board.current(lab, clock.instant(), reloadsShownFor)));
        return Flux.merge(1, reloadNews.all().filter(reload -> reload.lab().equals(lab)), current)
                .map(reload -> ServerSentEvent.builder().event("reload").data(reload).build());
    }

    private Flux<ServerSentEvent<Object>> session(FeedCursor start) {
        ServerSentEvent<Object> hello =
                ServerSentEvent.builder()
                        .retry(settings.reconnect())
                        .comment("session " + start.session())
                        .build();
        return Flux.concat(
                Mono.just(hello),
                Flux.defer(() -> {
                    Subscriber subscriber = new Subscriber(start);
                    return Mono.defer(subscriber::step)
                            .repeat()
                            .concatMapIterable(batch -> batch, 1);
                }));
    }

    /** One reader's loop: its steps follow one another and never overlap. */
    private final class Subscriber {

        private final Feed feed;
        private long lastSentNanos = nanos.getAsLong();

        Subscriber(FeedCursor start) {
            long poll = settings.databasePoll().toNanos();
            feed = new Feed(start, settings.batch(), poll, IDLE_POLLS * poll, lastSentNanos);
        }

        Mono<List<ServerSentEvent<Object>>> step() {
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
                case FeedStep.Await await -> await(next, await.nanos());
            };
        }

        private Mono<List<ServerSentEvent<Object>>> query(Callable<List<FeedItem>> query) {
            return Mono.fromCallable(() -> send(query.call()))
                    .subscribeOn(queries)
                    .publishOn(Schedulers.parallel())
                    .onErrorResume(
                            e ->
                                    e instanceof DataAccessException
                                            || e instanceof TransactionException,
                            e -> {
                                feed.onDatabaseAway(nanos.getAsLong());
                                return Mono.just(say("waiting for the database"));
                            });
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

        private List<ServerSentEvent<Object>> send(List<FeedItem> items) {
            if (!items.isEmpty()) {
                lastSentNanos = nanos.getAsLong();
            }
            return encode(items);
        }
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
                    });
        }
        return encoded;
    }
}
