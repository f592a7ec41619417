package kontor.analysis.kafka;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import kontor.analysis.sandbox.LoadedAnalyzers;
import kontor.analysis.sessions.Effect;
import kontor.analysis.store.AnalysisStore;
import kontor.analysis.workshop.AnalyzerStatus;
import kontor.analysis.workshop.Problem;
import kontor.control.v1.AnalyzerProblem;
import kontor.control.v1.ControlEvent;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Stores and publishes the status of users' analyzers. A status is published only when it is
 * stored, so a reader of the notice finds it. Used by one thread.
 */
final class AnalyzerNews {

    private static final String SENDER = "analysis-service";

    /** What concerns all labs is said in the first partition. */
    private static final int PARTITION = 0;

    private final LoadedAnalyzers loaded;
    private final AnalysisStore store;
    private final Producer<String, byte[]> producer;
    private final Clock clock;
    private final Map<String, AnalyzerStatus> told = new HashMap<>();
    private boolean isCleared;

    AnalyzerNews(
            LoadedAnalyzers loaded,
            AnalysisStore store,
            Producer<String, byte[]> producer,
            Clock clock) {
        this.loaded = loaded;
        this.store = store;
        this.producer = producer;
        this.clock = clock;
    }

    /** Tells what has changed since the last call. */
    void tellChanges() {
        if (!isCleared && loaded.isComplete()) {
            // Of files that went while this service was not running.
            store.retireAllBut(loaded.statuses().keySet());
            isCleared = true;
        }
        Map<String, AnalyzerStatus> changed = new HashMap<>(loaded.statuses());
        changed.entrySet().removeIf(entry -> entry.getValue().equals(told.get(entry.getKey())));
        if (changed.isEmpty()) {
            return;
        }
        store.storeStatuses(changed.values());
        changed.values().forEach(status -> send("", status(status)));
        told.putAll(changed);
    }

    /**
     * Tells that a version has taken over in a session; what it found is stored.
     *
     * @param results so many events have a result of it by now
     */
    void tell(Effect.Swapped swap, long results) {
        kontor.control.v1.AnalyzerStatus.Builder status =
                kontor.control.v1.AnalyzerStatus.newBuilder()
                        .setAnalyzer(swap.analyzer())
                        .setVersion(swap.version())
                        .setSessionId(swap.session().toString())
                        .setSwappedAfter(swap.swappedAfter())
                        .setDissectedFrom(swap.dissected())
                        .setResults(results);
        send(swap.lab().value(), status);
    }

    private static kontor.control.v1.AnalyzerStatus.Builder status(AnalyzerStatus status) {
        kontor.control.v1.AnalyzerStatus.Builder built =
                kontor.control.v1.AnalyzerStatus.newBuilder()
                        .setAnalyzer(status.name())
                        .setFile(status.file())
                        .setVersion(status.version())
                        .setRefusedVersion(status.refused());
        for (Problem problem : status.problems()) {
            built.addProblems(
                    AnalyzerProblem.newBuilder()
                            .setLine(problem.line())
                            .setColumn(problem.column())
                            .setMessage(problem.message()));
        }
        return built;
    }

    private void send(String lab, kontor.control.v1.AnalyzerStatus.Builder status) {
        ControlEvent event =
                ControlEvent.newBuilder()
                        .setLab(lab)
                        .setControlId(UUID.randomUUID().toString())
                        .setSentAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))
                        .setSender(SENDER)
                        .setAnalyzerStatus(status)
                        .build();
        Future<RecordMetadata> _ =
                producer.send(lab.isEmpty() ? Records.of(event, PARTITION) : Records.of(event));
    }
}
