package kontor.gateway.live;

import java.util.List;
import kontor.filters.evaluation.MessageFacts;
import kontor.gateway.messages.AnalysisNews;

/** What an analyzer found at an event: for lists, and for filters. */
public record HeardResult(AnalysisNews news, List<MessageFacts> facts) {

    public HeardResult {
        facts = List.copyOf(facts);
    }
}
