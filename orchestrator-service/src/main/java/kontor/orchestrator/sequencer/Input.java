package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.rules.RuleFile;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

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

    /**
     * A person decides on what waits. Nothing becomes of it where that waits no longer, or is to be
     * passed on and something waits before it on its way.
     *
     * @param number of what waits
     * @param bytes to be passed on in its place; null: as it is
     * @param holdNext whether what comes behind it on its way shall wait for a person, too
     * @param author for a person
     * @param code what rules in Java say of it; null: they have not answered, or are not asked
     */
    record HeldWanted(
            long number,
            boolean drop,
            boolean holdNext,
            @Nullable Bytes bytes,
            String author,
            InputPosition position,
            @Nullable CodeAnswer code)
            implements Input {

        public HeldWanted(
                long number,
                boolean drop,
                boolean holdNext,
                @Nullable Bytes bytes,
                String author,
                InputPosition position) {
            this(number, drop, holdNext, bytes, author, position, null);
        }

        /** The same, when rules in Java have answered. */
        public HeldWanted answered(@Nullable CodeAnswer answer) {
            return new HeldWanted(number, drop, holdNext, bytes, author, position, answer);
        }
    }

    /**
     * Time has passed, or rules in Java have answered: something that waits may be due. One thing
     * goes on for each.
     *
     * @param answers the caller's, read while it is decided
     */
    record Due(CodeAnswers answers) implements Input {}

    /**
     * A rule in Java fails again and again: it shall not hold any more.
     *
     * @param why for a person
     */
    record CodeFailing(String rule, String why) implements Input {}

    /** All input has been read, and none comes. */
    record Quiet() implements Input {}
}
