package kontor.analysis.analyzer;

import java.util.List;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.reassembly.StreamBoundary;

/**
 * Finds the messages of one family of protocols. Holds no state of its own: that is in the {@link
 * SessionAnalysis} of each session, which another version of the analyzer replaces by a new one
 * that is given the session's events again.
 */
public interface Analyzer {

    /** Short, for people and keys: the same in all versions. */
    String name();

    /** Content hash: another one exactly where the analyzer may find something else. */
    String version();

    /** Every field that a result may have, each name once. */
    List<FieldDeclaration> fields();

    /**
     * Begins with a session.
     *
     * @param before where the lab's session before left the streams that were open
     */
    SessionAnalysis open(List<StreamBoundary> before);
}
