package kontor.analysis.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import kontor.analysis.analyzer.Analyzer;
import kontor.analysis.analyzer.AnalyzerRegistry;
import kontor.analysis.runtime.Connection;
import kontor.analysis.sandbox.AnalyzerLoader;
import kontor.analysis.sandbox.LoadedAnalyzers;
import kontor.analysis.sessions.Effect;
import kontor.analysis.store.AnalysisStore;
import kontor.analysis.store.Position;
import kontor.analysis.store.RunStore;
import kontor.analysis.store.RunStore.Place;
import kontor.analysis.store.RunStore.Progress;
import kontor.analysis.store.RunStore.Promotion;
import kontor.analysis.store.RunStore.Run;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.user.UserAnalyzer.Source;
import kontor.analysis.user.UserAnalyzers;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.RunAnalyzer;
import kontor.control.v1.StartRun;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import kontor.vocabulary.SessionId;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Carries out what people ask of analysis on {@code kontor.control}, in one thread, {@code
 * kontor-runs-1}: runs over stored sessions, one after the other, and promotions of versions. The
 * live reader never waits for it. A request is carried out at least once, and twice is as good as
 * once; a run that was broken off begins again.
 */
public final class RunWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final ConsumerFactory<String, byte[]> consumers;
    private final Duration retryDelay;
    private final AnalyzerRegistry registry;
    private final AnalysisStore store;
    private final Connection connection;
    private final RunStore runs;
    private final RunNews news;
    private final ChosenAnalyzers chosen;
    private final LoadedAnalyzers loaded;
    private final AnalyzerLoader loader;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> waiting;
    private @Nullable Thread thread;

    private @Nullable SessionRun current;
    private @Nullable UUID currentId;
    private boolean isPromoted;

    public RunWorker(
            ConsumerFactory<String, byte[]> consumers,
            ProducerFactory<String, byte[]> producers,
            Duration retryDelay,
            AnalyzerRegistry registry,
            AnalysisStore store,
            Connection connection,
            RunStore runs,
            LoadedAnalyzers loaded,
            AnalyzerLoader loader) {
        this.consumers = consumers;
        this.retryDelay = retryDelay;
        this.registry = registry;
        this.store = store;
        this.connection = connection;
        this.runs = runs;
        this.news = new RunNews(runs, producers, Clock.systemUTC());
        this.loaded = loaded;
        this.loader = loader;
        this.chosen = new ChosenAnalyzers(loaded, loader, runs);
    }

    @Override
    public synchronized void start() {
        stopping = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("kontor-runs-1").start(this::run);
    }

    @Override
    public synchronized void stop() {
        stopping.countDown();
        @Nullable Consumer<String, byte[]> control = waiting;
        if (control != null) {
            control.wakeup();
        }
        Thread running = thread;
        thread = null;
        try {
            if (running != null && !running.join(STOP)) {
                LOG.warn("a run did not stop within {}; it begins again at the next start", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (!isStopping()) {
            try {
                follow();
            } catch (WakeupException e) {
                LOG.debug("woken up to stop", e);
            } catch (RuntimeException e) {
                LOG.warn(
                        "Runs are interrupted and begin again in {}: {}",
                        retryDelay,
                        Causes.rootOf(e));
                LOG.debug("the failure in full", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (stopping.await(retryDelay.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopped while waiting");
            }
        } catch (InterruptedException e) {
            stopping.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void follow() {
        if (!connection.isEstablished()) {
            // The live reader brings the tables up to date first.
            pause();
            return;
        }
        isPromoted = false;
        try (Consumer<String, byte[]> control = consumers.createConsumer()) {
            waiting = control;
            assign(control);
            while (!isStopping()) {
                ConsumerRecords<String, byte[]> requests =
                        control.poll(current == null ? WAIT : Duration.ZERO);
                requests.forEach(this::take);
                promoteAgain();
                SessionRun run = current == null ? next() : current;
                if (run != null) {
                    goOn(run);
                }
            }
        } finally {
            waiting = null;
            drop();
        }
    }

    private void assign(Consumer<String, byte[]> control) {
        List<PartitionInfo> found = control.partitionsFor(Topics.CONTROL);
        if (found == null || found.isEmpty()) {
            throw new KafkaException("there is no topic " + Topics.CONTROL + " yet");
        }
        List<TopicPartition> all =
                found.stream().map(p -> new TopicPartition(Topics.CONTROL, p.partition())).toList();
        control.assign(all);
        Map<TopicPartition, Long> ends = control.endOffsets(all);
        for (TopicPartition partition : all) {
            long stored =
                    store.position(Topics.CONTROL, partition.partition())
                            .map(Position::nextOffset)
                            .orElse(0L);
            // One behind the end is of a log that was replaced.
            boolean isKnown = stored > 0 && stored <= ends.getOrDefault(partition, 0L);
            if (isKnown) {
                control.seek(partition, stored);
            } else {
                control.seekToBeginning(List.of(partition));
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> entry) {
        ControlEvent event;
        try {
            event = Records.controlEvent(entry);
        } catch (UndecodableRecordException e) {
            LOG.debug("not a request", e);
            return;
        }
        try {
            if (carryOut(event)) {
                runs.storePosition(entry.topic(), entry.partition(), entry.offset() + 1);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Request {} cannot be carried out, it is left out: {}",
                    event.getControlId(),
                    e.getMessage());
        }
    }

    /** Returns false for records that do not concern runs. */
    private boolean carryOut(ControlEvent event) {
        if (event.hasStartRun()) {
            start(event.getStartRun());
        } else if (event.hasCancelRun()) {
            UUID id = UUID.fromString(event.getCancelRun().getRunId());
            if (id.equals(currentId)) {
                drop();
            }
            cancel(id);
            LOG.info("Run {} was cancelled or deleted", id);
        } else if (event.hasPromoteAnalyzer()) {
            String name = event.getPromoteAnalyzer().getAnalyzer();
            String version = event.getPromoteAnalyzer().getVersion();
            promote(new Promotion(name, version, loaded.fileVersion(name)));
        } else {
            return false;
        }
        return true;
    }

    private void cancel(UUID id) {
        Optional<Progress> before = runs.progress(id);
        runs.cancel(id);
        if (runs.progress(id).isPresent()) {
            news.tell(id);
        } else {
            before.ifPresent(news::tellDeleted);
        }
    }

    private void start(StartRun request) {
        Map<String, String> wanted = new HashMap<>();
        for (RunAnalyzer analyzer : request.getAnalyzersList()) {
            Source source = new Source(analyzer.getFile(), analyzer.getSource());
            if (source.text().isEmpty()) {
                wanted.put(analyzer.getAnalyzer(), analyzer.getVersion());
            } else if (AnalyzerLoader.isAnalyzer(source.file())) {
                String name = AnalyzerLoader.name(source.file());
                String version = loader.version(source);
                runs.keep(name, version, source);
                wanted.put(name, version);
            } else {
                throw new IllegalArgumentException("no file of an analyzer: " + source.file());
            }
        }
        UUID id = UUID.fromString(request.getRunId());
        runs.request(new Run(id, SessionId.parse(request.getSessionId()), wanted));
        news.tell(id);
    }

    /** After a start, once the directory has been looked into. */
    private void promoteAgain() {
        if (isPromoted || !loaded.isComplete()) {
            return;
        }
        isPromoted = true;
        for (Promotion promotion : runs.promotions()) {
            if (promotion.over().equals(loaded.fileVersion(promotion.analyzer()))) {
                promote(promotion);
            } else {
                runs.forget(promotion);
            }
        }
    }

    private void promote(Promotion promotion) {
        Source source = runs.source(promotion.analyzer(), promotion.version()).orElse(null);
        if (source == null) {
            throw new IllegalArgumentException(
                    "there is no version %s of analyzer %s"
                            .formatted(promotion.version(), promotion.analyzer()));
        }
        if (promotion.version().equals(promotion.over())) {
            runs.forget(promotion);
        } else {
            runs.promote(promotion);
        }
        loaded.promote(promotion.analyzer(), promotion.version(), source);
        LOG.info(
                "Analyzer {}@{} is promoted, until its file changes",
                promotion.analyzer(),
                promotion.version());
    }

    /** Begins with the next run that waits; null if there is none, or it could not begin. */
    private @Nullable SessionRun next() {
        Run run = runs.next().orElse(null);
        if (run == null) {
            return null;
        }
        Place place = runs.place(run.session()).orElse(null);
        if (place == null) {
            end(run.id(), "failed", "analysis knows nothing of session " + run.session());
            return null;
        }
        Consumer<String, byte[]> log = consumers.createConsumer();
        try {
            UserAnalyzers users = chosen.of(run);
            SessionRun begun = new SessionRun(log, registry, place, users);
            current = begun;
            currentId = run.id();
            runs.begin(
                    run,
                    place.newest(),
                    registry.analyzers().stream()
                            .collect(Collectors.toMap(Analyzer::name, Analyzer::version)),
                    users.current().stream()
                            .collect(Collectors.toMap(UserAnalyzer::name, UserAnalyzer::version)));
            news.tell(run.id());
            LOG.info("Run {} over session {} started", run.id(), run.session());
            return begun;
        } catch (IllegalArgumentException | IllegalStateException e) {
            log.close();
            end(run.id(), "failed", String.valueOf(e.getMessage()));
            LOG.warn("Run {} over session {} failed: {}", run.id(), run.session(), e.getMessage());
            return null;
        }
    }

    private void goOn(SessionRun run) {
        UUID id = currentId;
        if (id == null) {
            return;
        }
        List<Effect.Found> found = run.step(WAIT);
        runs.store(id, found, run.upTo());
        if (run.isDone()) {
            end(id, "finished", run.problem());
            LOG.info("Run {} finished at event {}", id, run.upTo());
            drop();
        } else {
            news.tellProgress(id);
        }
    }

    private void end(UUID run, String state, String problem) {
        runs.end(run, state, problem);
        news.tell(run);
    }

    private void drop() {
        SessionRun run = current;
        current = null;
        currentId = null;
        if (run != null) {
            run.close();
        }
    }
}
