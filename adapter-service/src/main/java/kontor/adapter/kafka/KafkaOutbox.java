package kontor.adapter.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import kontor.adapter.relay.CommandOutcome;
import kontor.adapter.relay.CommandReceipt;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.control.v1.ControlEvent;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends receipts and status, in the order given, from a thread of its own; no caller ever waits.
 *
 * <p>The queue is bounded by its user: {@link #takesReceipts} says when it is time to wait, and no
 * more can come then than commands are unfinished. A status is not worth waiting for: one at a
 * time.
 */
public final class KafkaOutbox {

    private static final Logger log = LoggerFactory.getLogger(KafkaOutbox.class);

    /** Receipts are not on the packets' way: many of them may share a request. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private final RunIdentity identity;
    private final KafkaSettings settings;
    private final KafkaClients clients;
    private final Runnable onRelief;
    private final Thread thread;

    /** Encoded on our thread; an empty one is the end. */
    private final BlockingQueue<Optional<Supplier<ProducerRecord<String, byte[]>>>> queue =
            new LinkedBlockingQueue<>();

    private final AtomicInteger unacknowledged = new AtomicInteger();
    private volatile boolean statusOnItsWay;
    private volatile long acknowledgedNanos;
    private volatile boolean acknowledgedOnce;

    /**
     * @param onRelief called on a thread of the client when receipts are taken again
     */
    public KafkaOutbox(KafkaSettings settings, RunIdentity identity, Runnable onRelief) {
        this.identity = identity;
        this.settings = settings;
        this.clients = new KafkaClients(settings.servers(), identity.instance().value());
        this.onRelief = onRelief;
        this.thread = new Thread(this::run, "kontor-receipts-1");
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

    // The answer comes to the callback.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void run() {
        Producer<String, byte[]> producer = clients.producer("receipts", LINGER);
        try {
            for (var next = queue.take(); next.isPresent(); next = queue.take()) {
                producer.send(next.get().get(), (_, exception) -> acknowledged(exception));
            }
            producer.flush();
        } catch (InterruptedException | InterruptException e) {
            log.debug("Interrupted while sending receipts", e);
        } finally {
            // Closing would fail while the thread counts as interrupted.
            Thread.interrupted();
            producer.close(Duration.ZERO);
        }
    }

    private void acknowledged(@Nullable Exception exception) {
        statusOnItsWay = false;
        int left = unacknowledged.decrementAndGet();
        if (exception == null) {
            acknowledgedNanos = System.nanoTime();
            acknowledgedOnce = true;
        } else {
            log.error("A receipt or status was refused by the broker", exception);
        }
        if (left == settings.receiptsWaiting() - 1) {
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
