package kontor.analysis.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import kontor.analysis.user.Samples;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.user.UserAnalyzer.Source;
import kontor.analysis.user.UserAnalyzers;
import kontor.analysis.workshop.AnalyzerStatus;
import kontor.analysis.workshop.Input;
import org.jspecify.annotations.Nullable;

/**
 * What the workshop and the reader of the log share: the versions in use, samples for trials, and
 * the status of each analyzer. Thread-safe.
 */
public final class LoadedAnalyzers {

    /** More can wait only if as many analyzers fail at once. */
    private static final int MOST_INPUTS = 1000;

    private final Samples samples = new Samples();
    private final Map<String, UserAnalyzer> current = new TreeMap<>();
    private final Map<String, AnalyzerStatus> statuses = new LinkedHashMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private final ConcurrentLinkedQueue<Input> inputs = new ConcurrentLinkedQueue<>();
    private volatile UserAnalyzers inUse = UserAnalyzers.none();
    private volatile boolean complete;

    public Samples samples() {
        return samples;
    }

    /** Returns the versions in use: the same object until one of them changes. */
    public UserAnalyzers inUse() {
        return inUse;
    }

    /** Returns the newest status of each analyzer by name. */
    public synchronized Map<String, AnalyzerStatus> statuses() {
        return Map.copyOf(statuses);
    }

    /** Takes the word of the log's reader that a version keeps failing. */
    public void suspend(String name, String version, String problem) {
        if (inputs.size() < MOST_INPUTS) {
            inputs.add(new Input.Suspended(name, version, problem));
        }
    }

    /** Puts a version in the place of what a file holds, until the file changes. */
    public void promote(String name, String version, Source source) {
        if (inputs.size() < MOST_INPUTS) {
            inputs.add(new Input.FileChanged(name, source.file(), version, source.text()));
        }
    }

    /** Returns the version that the file of an analyzer holds; empty if there is none. */
    public synchronized String fileVersion(String name) {
        return files.getOrDefault(name, "");
    }

    synchronized void fileHolds(String name, String version) {
        files.put(name, version);
    }

    /** Returns whether the directory has been looked into, so that all its files are known. */
    public boolean isComplete() {
        return complete;
    }

    void complete() {
        complete = true;
    }

    synchronized void use(UserAnalyzer analyzer) {
        current.put(analyzer.name(), analyzer);
        inUse = new UserAnalyzers(current.values().stream().toList());
    }

    synchronized void retire(String name) {
        current.remove(name);
        inUse = new UserAnalyzers(current.values().stream().toList());
    }

    synchronized void tell(AnalyzerStatus status) {
        statuses.put(status.name(), status);
    }

    @Nullable Input nextInput() {
        return inputs.poll();
    }
}
