package kontor.gateway.live;

import kontor.filters.evaluation.EventFacts;
import kontor.gateway.events.EventSummary;

/**
 * An event as the log has it: for lists, and for filters.
 *
 * @param facts without the session's start, which only its first event says
 */
public record HeardEvent(EventSummary summary, EventFacts facts) {}
