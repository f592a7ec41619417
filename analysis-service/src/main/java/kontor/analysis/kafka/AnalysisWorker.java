package kontor.analysis.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kontor.analysis.analyzer.AnalyzerRegistry;
import kontor.analysis.runtime.AnalysisMeter;
import kontor.analysis.runtime.AnalysisMeters;
import kontor.analysis.runtime.AnalysisSettings;
import kontor.analysis.runtime.Connection;
import kontor.analysis.sandbox.LoadedAnalyzers;
import kontor.analysis.store.AnalysisStore;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * The one thread that reads the log, {@code kontor-analysis-1}. Whatever it loses on the way
 * (broker, database), it throws its state away, waits, and begins again at the stored position, as
 * after a restart: one way back, walked often.
 */
public final class AnalysisWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AnalysisWorker.class);

    /** So long a changed analyzer waits at most. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration STOP = Duration.ofSeconds(10);

    private final ConsumerFactory<String, byte[]> consumers;
    private final ProducerFactory<String, byte[]> producers;
    private final AnalysisSettings settings;
    private final AnalyzerRegistry registry;
    private final AnalysisStore store;
    private final AnalysisMeters meters;
    private final Connection connection;
    private final LoadedAnalyzers loaded;

    private final Object lock = new Object();
    private @Nullable Thread thread;
    private @Nullable Consumer<String, byte[]> current;
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    public AnalysisWorker(
            ConsumerFactory<String, byte[]> consumers,
            ProducerFactory<String, byte[]> producers,
            AnalysisSettings settings,
            AnalyzerRegistry registry,
            AnalysisStore store,
            AnalysisMeters meters,
            Connection connection,
            LoadedAnalyzers loaded) {
        this.loaded = loaded;
        this.consumers = consumers;
        this.producers = producers;
        this.settings = settings;
        this.registry = registry;
        this.store = store;
        this.meters = meters;
        this.connection = connection;
    }

    @Override
    public void start() {
        synchronized (lock) {
            stopping = new CountDownLatch(1);
            thread = Thread.ofPlatform().name("kontor-analysis-1").start(this::run);
        }
    }

    /** Waits until what was begun is stored, and no longer than ten seconds. */
    @Override
    public void stop() {
        Thread running;
        synchronized (lock) {
            stopping.countDown();
            if (current != null) {
                current.wakeup();
            }
            running = thread;
            thread = null;
        }
        try {
            if (running != null && !running.join(STOP)) {
                LOG.warn(
                        "Analysis did not stop within {} s; what is not stored is read again at the"
                                + " next start",
                        STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        synchronized (lock) {
            return thread != null;
        }
    }

    private void run() {
        LOG.info("Analyzers loaded: {}", registry);
        while (!isStopping()) {
            try {
                follow();
            } catch (WakeupException e) {
                LOG.debug("woken up to stop", e);
            } catch (RuntimeException | Error e) {
                onLost(e);
            }
        }
        connection.lost("stopped");
    }

    /** Reads on until something is lost or the service stops. */
    private void follow() {
        store.migrate();
        registry.analyzers().forEach(store::declare);
        try (Consumer<String, byte[]> consumer = consumers.createConsumer();
                Producer<String, byte[]> producer = producers.createProducer()) {
            if (!publish(consumer)) {
                return;
            }
            try (LogFollower follower =
                    new LogFollower(
                            consumer, producer, settings, registry, store, meters, loaded)) {
                follower.assign();
                connection.established();
                while (!isStopping()) {
                    follower.step(POLL);
                }
            }
        } finally {
            synchronized (lock) {
                current = null;
            }
            // The factory keeps one producer for all: this closes it, as the next life needs its
            // own.
            producers.reset();
        }
    }

    /** Lets {@link #stop} wake this consumer up; false where it came first. */
    private boolean publish(Consumer<String, byte[]> consumer) {
        synchronized (lock) {
            current = consumer;
            return !isStopping();
        }
    }

    private void onLost(Throwable failure) {
        if (isStopping()) {
            return;
        }
        String reason = Causes.rootOf(failure);
        connection.lost(reason);
        meters.count(AnalysisMeter.RESTARTS, 1);
        LOG.warn(
                "Analysis failed, restarting from the stored position in {}: {}",
                settings.retryDelay(),
                reason);
        LOG.debug("the failure in full", failure);
        try {
            if (stopping.await(settings.retryDelay().toMillis(), TimeUnit.MILLISECONDS)) {
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
}
