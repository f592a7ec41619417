package kontor.gateway.live;

import java.time.Instant;
import java.util.List;
import kontor.filters.evaluation.EventFacts;
import kontor.filters.evaluation.MessageFacts;
import kontor.filters.expression.Value;
import kontor.gateway.events.EventSummary;
import kontor.gateway.messages.AnalysisNews;

/** Events and results of which only the sequence matters. */
final class Events {

    private Events() {}

    static EventSummary event(long sequence) {
        return event(sequence, "datagram");
    }

    static EventSummary event(long sequence, String type) {
        return new EventSummary(
                sequence,
                type,
                Instant.EPOCH,
                Instant.EPOCH,
                "game1",
                "relayed",
                null,
                null,
                0,
                "",
                null,
                null,
                "",
                List.of());
    }

    static AnalysisNews result(long sequence, String analyzer) {
        return new AnalysisNews(sequence, analyzer, "1", List.of());
    }

    /** As the log has it. */
    static HeardEvent heard(EventSummary event) {
        return new HeardEvent(
                event,
                new EventFacts(
                        event.sequence(),
                        event.type(),
                        event.at(),
                        event.sequence() == 1 ? event.at() : null,
                        event.instance(),
                        event.deliveredTo(),
                        event.verdict(),
                        null,
                        new Value.Octets(""),
                        null,
                        List.of()));
    }

    /** As the log has it, with these messages. */
    static HeardResult heard(AnalysisNews news, MessageFacts... messages) {
        return new HeardResult(news, List.of(messages));
    }
}
