package kontor.orchestrator.partitions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kontor.orchestrator.code.CodeThread;
import kontor.orchestrator.driving.OwnerDriver;
import kontor.orchestrator.driving.OwnerStatus;
import kontor.orchestrator.driving.OwnerStatus.State;
import kontor.orchestrator.driving.Rehearsal;
import kontor.orchestrator.kafka.HaltException;
import kontor.orchestrator.kafka.KafkaClients;
import kontor.orchestrator.kafka.RecordSender;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.ownership.SendWindow;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.ownership.Tenure.Input;
import kontor.orchestrator.settings.OrchestratorSettings;
import kontor.topics.ServiceLife;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns one partition of {@code kontor.packets}, or stands by until it has to, on a thread of its
 * own. {@link Tenure} decides what to do when. After any failure of Kafka it drops its state and
 * folds it again from the log.
 *
 * <p>Interrupting the thread ends it at once, like a crash: what was on its way is given up.
 */
final class PartitionOwner {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionOwner.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /** Enough that the compilers see what is used at each packet. */
    private static final long REHEARSED_PACKETS = 4_000;

    /** A standby that is needed may not come much later for it. */
    private static final Duration REHEARSAL = Duration.ofSeconds(10);

    private final int partition;
    private final OrchestratorSettings settings;
    private final KafkaClients clients;
    private final SequencerMetrics metrics;
    private final CodeThread code;
    private final ServiceLife life;
    private final Runnable onDuty;
    private final Tenure tenure;
    private final Thread thread;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile OwnerStatus status = new OwnerStatus(State.WAITING, 0, "not started");
    private volatile long lag;
    private volatile Runnable waker = () -> {};

    /**
     * @param onDuty called by the owner's thread each time that it is to do more than stand by
     */
    PartitionOwner(
            int partition,
            OrchestratorSettings settings,
            KafkaClients clients,
            SequencerMetrics metrics,
            CodeThread code,
            ServiceLife life,
            Runnable onDuty) {
        this.partition = partition;
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
        this.code = code;
        this.life = life;
        this.onDuty = onDuty;
        this.tenure = new Tenure(settings.standby(), settings.standbyPatience());
        this.thread =
                Thread.ofPlatform().name("kontor-sequencer-" + partition).unstarted(this::run);
    }

    /** Starts to fold the log, so that {@link #start} has little left to do; writes nothing. */
    void prepare() {
        thread.start();
    }

    /** Does the same, and claims or stands by as soon as the log is folded. */
    void start() {
        begin.countDown();
        if (thread.getState() == Thread.State.NEW) {
            prepare();
        }
    }

    int partition() {
        return partition;
    }

    OwnerStatus status() {
        return status;
    }

    /** Returns how many adapter events were waiting at the last poll; 0 if not owning. */
    long lag() {
        return status.state() == State.OWNING ? lag : 0;
    }

    /** Asks the owner to finish what it has begun; returns at once. */
    void stop() {
        stop.countDown();
        waker.run();
    }

    /** Ends the owner as a crash would; returns at once. */
    void kill() {
        stop.countDown();
        thread.interrupt();
    }

    /**
     * @return whether the thread has ended
     */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void run() {
        try {
            if (settings.standby()) {
                rehearse();
            }
            while (tenure.state() != Tenure.State.STOPPED) {
                try {
                    live();
                } catch (OffsetOutOfRangeException e) {
                    // The topic is shorter than what the log has read of it: not the same topic.
                    throw new HaltException(String.valueOf(e.getMessage()), e);
                } catch (RecordSender.SendFailedException | KafkaException e) {
                    failed(e);
                }
            }
            status(State.STOPPED, "stopped");
        } catch (InterruptedException e) {
            status(State.STOPPED, "interrupted");
            LOG.info(
                    "Partition {}: interrupted; what was in flight is given up, a successor sends"
                            + " it again",
                    partition);
        } catch (HaltException e) {
            status(State.HALTED, String.valueOf(e.getMessage()));
            LOG.error(
                    "Partition {} HALTED: its packets are not relayed until this process is"
                            + " restarted",
                    partition,
                    e);
        } catch (RuntimeException e) {
            status(State.HALTED, e.toString());
            LOG.error(
                    "Partition {} HALTED by an unexpected error (bug): its packets are not relayed"
                            + " until this process is restarted",
                    partition,
                    e);
        }
    }

    /** Before it stands by: while another still relays, this takes time that nobody waits for. */
    private void rehearse() {
        status(State.RECOVERING, "rehearsing");
        long since = System.nanoTime();
        try {
            Rehearsal.Outcome outcome =
                    new Rehearsal(settings, life)
                            .run(REHEARSED_PACKETS, REHEARSAL, this::isStopping);
            LOG.info(
                    "Partition {}: the packet path is warm after {} rehearsed packets in {} ms",
                    partition,
                    outcome.packets(),
                    (System.nanoTime() - since) / 1_000_000);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Partition {}: the rehearsal failed (bug); the first packets after a takeover"
                            + " will be slow",
                    partition,
                    e);
        }
    }

    /**
     * @throws HaltException if it would fail again and again
     */
    private void failed(RuntimeException e) throws InterruptedException {
        if (e.getCause() instanceof RecordTooLargeException) {
            // Decided again it would be as large.
            throw new HaltException(String.valueOf(e.getMessage()), e);
        }
        if (e instanceof InterruptException) {
            throw new InterruptedException(e.getMessage());
        }
        tenure.on(new Input.Failed());
        status(State.WAITING, String.valueOf(e.getMessage()));
        LOG.warn(
                "Partition {}: Kafka client failed ({}); its packets are not relayed, retrying in"
                        + " {}",
                partition,
                e.getMessage(),
                settings.retryAfter());
        pause();
        if (isStopping()) {
            tenure.on(new Input.StopWanted());
        }
    }

    /** Lives with one set of clients: from folding the log to the end of owning. */
    private void live() throws InterruptedException {
        try (Consumer<String, byte[]> input =
                clients.inputConsumer("kontor-sequencer-" + partition)) {
            waker = input::wakeup;
            if (!awaitTopics(input)) {
                tenure.on(new Input.StopWanted());
                return;
            }
            RecordSender sender =
                    new RecordSender(
                            clients.producer("kontor-sequencer-" + partition),
                            new SendWindow(settings.inFlightRecords()),
                            () -> waker.run());
            Duration farewell = Duration.ZERO;
            try (OwnerDriver driver =
                    new OwnerDriver(
                            partition,
                            settings,
                            clients,
                            metrics,
                            code,
                            life,
                            tenure,
                            input,
                            sender,
                            new Host())) {
                boolean displaced = driver.run() == OwnerDriver.Outcome.DISPLACED;
                farewell = displaced ? Duration.ZERO : FAREWELL;
            } catch (HaltException e) {
                farewell = FAREWELL;
                throw e;
            } finally {
                // An interrupt that is still pending would make closing fail.
                boolean interrupted = Thread.interrupted();
                sender.close(interrupted ? Duration.ZERO : farewell);
            }
        } finally {
            waker = () -> {};
        }
    }

    /** This owner, as its driver sees it. */
    private final class Host implements OwnerDriver.Host {

        @Override
        public boolean mayBegin() {
            return begin.getCount() == 0;
        }

        @Override
        public boolean isStopping() {
            return PartitionOwner.this.isStopping();
        }

        @Override
        public void wakeBy(Runnable how) {
            waker = how;
        }

        @Override
        public void lag(long events) {
            lag = events;
        }

        @Override
        public void show(State state, String detail) {
            status(state, detail);
        }

        @Override
        public void show(State state, long epoch, String more) {
            status(state, epoch, more);
        }

        @Override
        public void onDuty() {
            onDuty.run();
        }
    }

    /**
     * Blocks until the topics are there.
     *
     * @return false if it is to stop
     */
    private boolean awaitTopics(Consumer<String, byte[]> consumer) throws InterruptedException {
        while (!isStopping()) {
            List<String> missing = new ArrayList<>();
            try {
                for (String topic :
                        List.of(
                                Topics.PACKETS,
                                Topics.SESSION_EVENTS,
                                Topics.CONTROL,
                                Topics.ORCHESTRATOR_STATE)) {
                    if (consumer.partitionsFor(topic, settings.retryAfter()).size() <= partition) {
                        missing.add(topic + "-" + partition);
                    }
                }
            } catch (TimeoutException e) {
                LOG.debug("the broker does not answer", e);
                missing.add("Kafka at " + settings.kafkaServers());
            }
            if (missing.isEmpty()) {
                return true;
            }
            status(State.WAITING, "for " + missing);
            LOG.info(
                    "Partition {}: {} not found; retrying in {}",
                    partition,
                    missing,
                    settings.retryAfter());
            pause();
        }
        return false;
    }

    private void pause() throws InterruptedException {
        boolean _ = stop.await(settings.retryAfter().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void status(State state, String detail) {
        status = new OwnerStatus(state, status.epoch(), detail);
    }

    private void status(State state, long epoch, String more) {
        status = new OwnerStatus(state, epoch, "epoch " + epoch + more);
    }
}
