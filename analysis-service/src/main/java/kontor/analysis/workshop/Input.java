package kontor.analysis.workshop;

import java.util.List;

/** What happened in the workshop. */
public sealed interface Input {

    /** The name of the analyzer that it is about. */
    String name();

    /**
     * A file is new or has changed.
     *
     * @param version the hash of its source and of the interface
     */
    record FileChanged(String name, String file, String version, String source) implements Input {}

    /** The file is gone. */
    record FileRemoved(String name) implements Input {}

    /** The version compiles. */
    record Compiled(String name, String version) implements Input {}

    /** The version got through its trial. */
    record Trialled(String name, String version) implements Input {}

    /** The version does not compile, or failed its trial. */
    record Failed(String name, String version, List<Problem> problems) implements Input {
        public Failed {
            problems = List.copyOf(problems);
        }
    }

    /** The version keeps failing on live messages and is no longer asked. */
    record Suspended(String name, String version, String problem) implements Input {}
}
