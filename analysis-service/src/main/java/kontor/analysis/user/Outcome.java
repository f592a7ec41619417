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
     * It threw, or went beyond its bounds.
     *
     * @param message its bytes as unknown ones, with the problem
     */
    record Failed(Message message, String problem) implements Outcome {}
}
