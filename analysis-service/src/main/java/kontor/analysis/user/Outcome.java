package kontor.analysis.user;

import java.util.List;
import kontor.analysis.analyzer.Message;

/** What an analyzer of a user made of one message. */
public sealed interface Outcome {

    /** The message is none of its own. */
    record Nothing() implements Outcome {}

    /** Fields, and results beside them. */
    record Found(Message message, List<AnalyzerResult> results) implements Outcome {
        public Found {
            results = List.copyOf(results);
        }
    }

    /**
     * The message does not fit the layout that the analyzer says.
     *
     * @param message with the fields up to there, and the problem
     * @param line of the analyzer's file; 0 if it is not known
     * @param column in that line
     */
    record Unfit(Message message, String problem, long line, long column) implements Outcome {}

    /**
     * It threw, or went beyond its bounds.
     *
     * @param message its bytes as unknown ones, with the problem
     */
    record Failed(Message message, String problem) implements Outcome {}
}
