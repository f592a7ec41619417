package kontor.gateway.rules;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules: their files, what is in use of them, and in which labs it holds. */
public record RuleList(
        @Schema(description = "of what is in use; empty for no rules", example = "4be1c0ffee12")
                String version,
        @Schema(description = "the version that holds in each lab, as the session log says")
                Map<String, String> labs,
        List<File> files,
        @Schema(description = "in use, in the order in which they act") List<Rule> rules) {

    public RuleList {
        labs = Map.copyOf(labs);
        files = List.copyOf(files);
        rules = List.copyOf(rules);
    }

    /** A file of rules. */
    public record File(
            @Schema(example = "chat.yaml") String name,
            @Schema(description = "as it is now") String text,
            @Schema(
                            description =
                                    "whether this text is in use; else what it said before, if"
                                            + " anything")
                    boolean inUse,
            @Schema(description = "what is in use of it, where that is another text")
                    @Nullable String used,
            List<Problem> problems) {

        public File {
            problems = List.copyOf(problems);
        }
    }

    /** What is wrong with a file. */
    public record Problem(
            @Schema(example = "3") int line,
            @Schema(example = "9") int column,
            @Schema(example = "unknown key \"form\"; allowed are rule, lab, from, to")
                    String message) {}

    /** A rule in use. */
    public record Rule(
            String name,
            String file,
            @Schema(description = "which packets it is for; empty: all") String when,
            List<String> from,
            List<String> to,
            List<String> labs,
            boolean dryRun,
            @Nullable Long limit,
            @Schema(description = "how often it matched since it says what it says, in all labs")
                    long hits,
            @Schema(
                            description =
                                    "of a rule in Java that failed again and again and does not"
                                            + " hold until its file changes: in which lab, and why")
                    @Nullable String suspended) {

        public Rule {
            from = List.copyOf(from);
            to = List.copyOf(to);
            labs = List.copyOf(labs);
        }
    }
}
