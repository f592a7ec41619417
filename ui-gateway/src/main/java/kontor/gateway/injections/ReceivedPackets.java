package kontor.gateway.injections;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import kontor.filters.Filter;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FeedCursor;
import kontor.gateway.filtering.FilterParameter;
import kontor.gateway.injections.InjectionPlan.Answered;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.stream.SessionStream;
import kontor.vocabulary.Bytes;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;

/** What games send while a session runs, for those who answer it. Blocks. */
@Component
class ReceivedPackets {

    private static final String END = "session_ended";
    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final SessionStream stream;
    private final FilterParameter filters;
    private final LiveSessions live;
    private final InjectionArchive archive;

    ReceivedPackets(
            SessionStream stream,
            FilterParameter filters,
            LiveSessions live,
            InjectionArchive archive) {
        this.stream = stream;
        this.filters = filters;
        this.live = live;
        this.archive = archive;
    }

    /** Somebody who answers. */
    interface Answering {

        /**
         * Answers a packet.
         *
         * @return whether it wants another
         */
        boolean answer(long sequence, Bytes payload)
                throws InterruptedException, KafkaAwayException;
    }

    /**
     * Hands on each packet that a filter finds, in their order and each once, until enough were
     * answered or the session ends. What was injected is none of them.
     */
    void each(UUID session, String lab, Answered wanted, Answering answering)
            throws InterruptedException, KafkaAwayException {
        Optional<Filter> filter =
                filters.read("(%s) or event.type == \"%s\"".formatted(wanted.filter(), END));
        try (Stream<ServerSentEvent<Object>> news =
                stream.behind(FeedCursor.at(session, wanted.after()), lab, filter).toStream(1)) {
            Iterator<ServerSentEvent<Object>> each = news.iterator();
            boolean goesOn = true;
            while (goesOn && each.hasNext()) {
                if (each.next().data() instanceof EventSummary event) {
                    goesOn =
                            switch (event.type()) {
                                case END -> false;
                                case "datagram", "flow_data" ->
                                        answering.answer(
                                                event.sequence(),
                                                payload(session, event.sequence()));
                                default -> true;
                            };
                }
            }
        }
    }

    private Bytes payload(UUID session, long sequence) throws InterruptedException {
        Instant patience = Instant.now().plus(JOURNAL_PATIENCE);
        Optional<Bytes> payload = archive.payload(session, sequence);
        while (payload.isEmpty()) {
            if (Instant.now().isAfter(patience)) {
                throw new IllegalStateException(
                        "the journal has no event %d yet".formatted(sequence));
            }
            Thread.sleep(BETWEEN_LOOKS);
            payload = archive.payload(session, sequence);
        }
        return payload.get();
    }

    /** Whether a session is known to be over. */
    boolean hasEnded(UUID session) {
        return live.find(session)
                .flatMap(heard -> heard.event(heard.lastSequence()))
                .filter(newest -> newest.type().equals(END))
                .isPresent();
    }
}
