package kontor.analysis.user;

import java.util.List;
import kontor.analysis.dissect.FieldDeclaration;

/** One version of an analyzer that a user wrote. */
public interface UserAnalyzer {

    /** Returns the name, the same in all versions: that of the file, in lower case. */
    String name();

    /** Returns the hash of the source and of the interface that it was compiled against. */
    String version();

    /** Returns every field that a result may have, each name once. */
    List<FieldDeclaration> fields();

    /** Returns the text that it was made of. */
    default Source source() {
        return new Source("", "");
    }

    /**
     * A text in the watched directory.
     *
     * @param file its name; empty if nothing is known
     */
    record Source(String file, String text) {}

    /** Analyzes a message. Never throws, and ends within its bounds. */
    Outcome on(SeenMessage message);
}
