package kontor.analysis.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Future;
import kontor.analysis.store.RunStore;
import kontor.analysis.store.RunStore.Progress;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.RunState;
import kontor.control.v1.RunStatus;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Publishes the progress of runs, each time after it was stored. A status that the broker does not
 * take is lost, and the run goes on: the table has it. Used by one thread.
 */
final class RunNews {

    private static final Logger LOG = LoggerFactory.getLogger(RunNews.class);

    private static final String SENDER = "analysis-service";

    /** What concerns no known lab is said in the first partition. */
    private static final int PARTITION = 0;

    /** Between two reports of a run's progress. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RunStore runs;
    private final ProducerFactory<String, byte[]> producers;
    private final Clock clock;
    private Instant nextProgress = Instant.MIN;

    RunNews(RunStore runs, ProducerFactory<String, byte[]> producers, Clock clock) {
        this.runs = runs;
        this.producers = producers;
        this.clock = clock;
    }

    /** Tells in which state a run is now. */
    void tell(UUID run) {
        runs.progress(run).ifPresent(progress -> send(progress, state(progress)));
    }

    /** Reports a run's progress, unless it was reported a moment ago. */
    void tellProgress(UUID run) {
        if (!clock.instant().isBefore(nextProgress)) {
            tell(run);
        }
    }

    /** Tells that a run is no longer there. */
    void tellDeleted(Progress last) {
        send(last, RunState.RUN_STATE_DELETED);
    }

    private static RunState state(Progress progress) {
        return RunState.valueOf("RUN_STATE_" + progress.state().toUpperCase(Locale.ROOT));
    }

    private void send(Progress progress, RunState state) {
        Instant now = clock.instant();
        nextProgress = now.plus(PAUSE);
        ControlEvent event =
                ControlEvent.newBuilder()
                        .setLab(progress.lab())
                        .setControlId(UUID.randomUUID().toString())
                        .setSentAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, now))
                        .setSender(SENDER)
                        .setRunStatus(
                                RunStatus.newBuilder()
                                        .setRunId(progress.id().toString())
                                        .setSessionId(progress.session().toString())
                                        .setState(state)
                                        .setProblem(progress.problem())
                                        .setLastSequence(progress.lastSequence())
                                        .setTotal(progress.total())
                                        .setMessages(progress.messages()))
                        .build();
        // The reader of the log may give the producer up at any time: each word takes a current
        // one.
        try (Producer<String, byte[]> producer = producers.createProducer()) {
            Future<RecordMetadata> _ =
                    producer.send(
                            progress.lab().isEmpty()
                                    ? Records.of(event, PARTITION)
                                    : Records.of(event));
        } catch (RuntimeException e) {
            LOG.warn(
                    "Could not publish how far run {} is, it goes on: {}",
                    progress.id(),
                    Causes.rootOf(e));
        }
    }
}
