package kontor.analyzers;

import java.util.List;

/**
 * Names fields in one message at a time. Needs a public constructor without parameters.
 *
 * <p>A pure function: nothing may be remembered from one message to the next, since history is
 * dissected again newest first whenever the file changes. Only the classes listed in
 * docs/ANALYZERS.md may be used; there are no clocks, files, threads or sockets among them. Steps
 * and allocation of each call are bounded. A call that goes beyond, or throws, costs its own
 * message only; an analyzer that keeps failing is suspended until its file changes.
 */
public interface MessageAnalyzer {

    /** Returns every field that {@link #analyze} may report, each name once. */
    List<FieldSpec> fields();

    /** Returns whether this message is one of those that the analyzer knows. */
    boolean wants(MessageView message);

    /** Reports what is in a wanted message. Bytes that are not reported count as unknown. */
    void analyze(MessageView message, Report report);
}
