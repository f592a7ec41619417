package kontor.adapter.kafka;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import kontor.adapter.relay.CommandOutcome;
import kontor.adapter.relay.CommandReceipt;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.control.v1.ControlEvent;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends receipts and status, in the order given, from a thread of its own; no caller ever waits.
 * Whatever is refused or given up by the client is sent again with a new one, so that each receipt
 * reaches its topic: at least once, and readers know a second one by its command.
 *
 * <p>The queue is bounded by its user: {@link #takesReceipts} says when it is time to wait, and no
 * more can come then than commands are unfinished. A status is not worth waiting for: one at a
 * time.
 */
public final class KafkaOutbox {

    private static final Logger log = LoggerFactory.getLogger(KafkaOutbox.class);

    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    /** Receipts are not on the packets' way: many of them may share a request. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private final RunIdentity identity;
    private final KafkaSettings settings;
    private final Supplier<Producer<String, byte[]>> clients;
    private final Runnable onRelief;
    private final Thread thread;

    /** Encoded on our thread; an empty one is the end. */
    private final BlockingQueue<Optional<Supplier<ProducerRecord<String, byte[]>>>> queue =
            new LinkedBlockingQueue<>();

    /** Given to the client and not acknowledged, in order: so many may be sent once more. */
    private final NavigableMap<Long, ProducerRecord<String, byte[]>> onItsWay =
            new ConcurrentSkipListMap<>();

    private final AtomicInteger unacknowledged = new AtomicInteger();
    private volatile boolean statusOnItsWay;
    private volatile long acknowledgedNanos;
    private volatile boolean acknowledgedOnce;

    // Only on our thread:
    private long latestNumber;
    private boolean endReached;

    /**
     * @param onRelief called on a thread of the client when receipts are taken again
     */
    public KafkaOutbox(KafkaSettings settings, RunIdentity identity, Runnable onRelief) {
        this(settings, identity, newClients(settings, identity), onRelief);
    }

    KafkaOutbox(
            KafkaSettings settings,
            RunIdentity identity,
            Supplier<Producer<String, byte[]>> clients,
            Runnable onRelief) {
        this.identity = identity;
        this.settings = settings;
        this.clients = clients;
        this.onRelief = onRelief;
        this.thread = new Thread(this::run, "kontor-receipts-1");
    }

    private static Supplier<Producer<String, byte[]>> newClients(
            KafkaSettings settings, RunIdentity identity) {
        KafkaClients clients = new KafkaClients(settings.servers(), identity.instance().value());
        return () -> clients.producer("receipts", LINGER);
    }

    public void start() {
        thread.start();
    }

    /** Sends a receipt sooner or later. */
    public void receipt(CommandReceipt receipt, long doneAtMicros) {
        unacknowledged.incrementAndGet();
        queue.add(Optional.of(() -> Records.of(encode(receipt, doneAtMicros))));
    }

    public boolean takesReceipts() {
        return unacknowledged.get() < settings.receiptsWaiting();
    }

    /** Sends a status, unless the one before is still on its way and this is not the last. */
    public void status(ControlEvent status) {
        if (!statusOnItsWay || status.getAdapterStatus().getStopped()) {
            statusOnItsWay = true;
            unacknowledged.incrementAndGet();
            queue.add(Optional.of(() -> Records.of(status)));
        }
    }

    /** True where the broker acknowledged something not long ago. */
    public boolean brokerAnswers() {
        return acknowledgedOnce
                && System.nanoTime() - acknowledgedNanos < settings.silence().toNanos();
    }

    /** Sends what is there, waits for it, but not for longer than this, and ends the thread. */
    public void finish(Duration patience) throws InterruptedException {
        queue.add(Optional.empty());
        if (!thread.join(patience)) {
            thread.interrupt();
            thread.join();
            log.warn("{} receipts or status were not acknowledged in time", unacknowledged.get());
        }
    }

    private void run() {
        try {
            while (!send()) {
                Thread.sleep(RESTART_PAUSE);
            }
        } catch (InterruptedException | InterruptException e) {
            log.debug("Interrupted while sending receipts", e);
        }
    }

    /** With one client; true where the end has come and all is acknowledged. */
    private boolean send() throws InterruptedException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Producer<String, byte[]> producer = clients.get();
        try {
            onItsWay.forEach((number, record) -> send(number, record, producer, failure));
            while (!endReached && failure.get() == null) {
                queue.take()
                        .ifPresentOrElse(
                                next -> send(next.get(), producer, failure),
                                () -> endReached = true);
            }
            if (failure.get() == null) {
                producer.flush();
            }
            if (failure.get() == null) {
                return true;
            }
            log.error("The broker refuses receipts or status; sending them again", failure.get());
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            log.error("The client cannot go on; sending again what is not acknowledged", e);
        } finally {
            // Closing would fail while the thread counts as interrupted.
            Thread.interrupted();
            producer.close(Duration.ZERO);
        }
        return false;
    }

    private void send(
            ProducerRecord<String, byte[]> record,
            Producer<String, byte[]> producer,
            AtomicReference<@Nullable Exception> failure) {
        long number = ++latestNumber;
        onItsWay.put(number, record);
        send(number, record, producer, failure);
    }

    // The answer comes to the callback.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(
            long number,
            ProducerRecord<String, byte[]> record,
            Producer<String, byte[]> producer,
            AtomicReference<@Nullable Exception> failure) {
        producer.send(
                record,
                (_, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    } else if (onItsWay.remove(number) != null) {
                        acknowledged();
                    }
                });
    }

    private void acknowledged() {
        statusOnItsWay = false;
        acknowledgedNanos = System.nanoTime();
        acknowledgedOnce = true;
        if (unacknowledged.decrementAndGet() == settings.receiptsWaiting() - 1) {
            onRelief.run();
        }
    }

    private Receipt encode(CommandReceipt receipt, long doneAtMicros) {
        return Receipt.newBuilder()
                .setLab(identity.lab().value())
                .setInstance(identity.instance().value())
                .setRunId(identity.run().toString())
                .setTargetRunId(receipt.command().targetRun())
                .setCommandSequence(receipt.command().sequence())
                .setSessionId(receipt.command().sessionId())
                .setSessionSequence(receipt.command().sessionSequence())
                .setOutcome(outcome(receipt.outcome()))
                .setDoneAtMicros(doneAtMicros)
                .setPayloadBytes(receipt.payloadBytes())
                .setDetail(receipt.detail())
                .build();
    }

    private static Outcome outcome(CommandOutcome outcome) {
        return switch (outcome) {
            case DONE -> Outcome.OUTCOME_DONE;
            case FAILED -> Outcome.OUTCOME_FAILED;
            case STALE_RUN -> Outcome.OUTCOME_STALE_RUN;
            case STALE_OWNER -> Outcome.OUTCOME_STALE_OWNER;
        };
    }
}
