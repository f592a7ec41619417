package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.rules.RuleFile;
import kontor.vocabulary.SessionId;

/** What the sequencer decides about. */
public sealed interface Input {

    /** An adapter event came. */
    record Captured(AdapterEvent event, InputPosition position) implements Input {}

    /** Somebody asks for a new session, with an id of his choice. */
    record SessionWanted(SessionId session, InputPosition position) implements Input {}

    /** Somebody asks for the end of a session. */
    record SessionEndWanted(SessionId session, InputPosition position) implements Input {}

    /**
     * Somebody wants these rules to hold, in place of those that do.
     *
     * @param author for a person
     */
    record RulesWanted(List<RuleFile> files, String author, InputPosition position)
            implements Input {

        public RulesWanted {
            files = List.copyOf(files);
        }
    }

    /** All input has been read, and none comes. */
    record Quiet() implements Input {}
}
