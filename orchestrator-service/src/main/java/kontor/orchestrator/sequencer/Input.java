package kontor.orchestrator.sequencer;

import kontor.vocabulary.SessionId;

/** What the sequencer decides about. */
public sealed interface Input {

    /** An adapter event came. */
    record Captured(AdapterEvent event, InputPosition position) implements Input {}

    /** Somebody asks for a new session, with an id of his choice. */
    record SessionWanted(SessionId session, InputPosition position) implements Input {}

    /** Somebody asks for the end of a session. */
    record SessionEndWanted(SessionId session, InputPosition position) implements Input {}

    /** All input has been read, and none comes. */
    record Quiet() implements Input {}
}
