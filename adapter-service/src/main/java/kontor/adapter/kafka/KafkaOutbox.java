package kontor.adapter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import kontor.adapter.clock.BrokerClock;
import kontor.adapter.clock.ClockOffset;
import kontor.adapter.relay.CommandOutcome;
import kontor.adapter.relay.CommandReceipt;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.control.v1.ControlEvent;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends receipts and status, in the order given, from a thread of its own; no caller ever waits.
 * Whatever is refused or given up by the producer is sent again with a new one, so that each
 * receipt reaches its topic: at least once, and readers know a second one by its command.
 *
 * <p>The queue is bounded by its user: {@link #takesReceipts} says when it is time to wait, and no
 * more can come then than commands are unfinished. A status is not worth waiting for: one at a
 * time.
 */
public final class KafkaOutbox {

    private static final Logger log = LoggerFactory.getLogger(KafkaOutbox.class);

    /**
     * Receipts are not on the packets' way: what comes within this time of the first shares a
     * request, and only the first wakes the sending thread.
     */
    private static final Duration GATHERING = Duration.ofMillis(100);

    private final RunIdentity identity;
    private final KafkaSettings settings;
    private final Runnable onRelief;
    private final TenaciousSender sender;

    private final BlockingQueue<Step> queue = new LinkedBlockingQueue<>();

    /** Given to the producer and not acknowledged, in order: so many may be sent once more. */
    private final NavigableMap<Long, ProducerRecord<String, byte[]>> onItsWay =
            new ConcurrentSkipListMap<>();

    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private volatile boolean statusOnItsWay;
    private volatile long acknowledgedNanos;
    private volatile boolean acknowledgedOnce;
    private volatile Optional<ClockOffset> clockOffset = Optional.empty();

    /** Only on the producer's thread. */
    private final BrokerClock clock = new BrokerClock();

    // Only on our thread:
    private long latestNumber;
    private boolean endReached;

    /**
     * @param onRelief called on a thread of the producer when receipts are taken again
     */
    public KafkaOutbox(KafkaLink link, RunIdentity identity, Runnable onRelief) {
        this(link.settings(), identity, link.producer(), onRelief);
    }

    KafkaOutbox(
            KafkaSettings settings,
            RunIdentity identity,
            SharedProducer producer,
            Runnable onRelief) {
        this.identity = identity;
        this.settings = settings;
        this.onRelief = onRelief;
        this.sender = new TenaciousSender(identity.instance(), "receipts", producer, this::send);
    }

    /** What the sending thread takes from its queue. */
    private sealed interface Step {

        /**
         * A record to be sent.
         *
         * @param record encodes it, on the sending thread
         */
        record Send(Supplier<ProducerRecord<String, byte[]>> record) implements Step {}

        enum Sign implements Step {
            END,
            /** Wakes the thread: what was on its way is to be sent again. */
            CLIENT_FAILED
        }
    }

    public void start() {
        sender.start();
    }

    /** Sends a receipt sooner or later. */
    public void receipt(CommandReceipt receipt, long doneAtMicros) {
        unacknowledged.incrementAndGet();
        queue.add(new Step.Send(() -> Records.of(encode(receipt, doneAtMicros))));
    }

    public boolean takesReceipts() {
        return unacknowledged.get() < settings.receiptsWaiting();
    }

    /** Sends a status, unless the one before is still on its way and this is not the last. */
    public void status(ControlEvent status) {
        if (!statusOnItsWay || status.getAdapterStatus().getStopped()) {
            statusOnItsWay = true;
            unacknowledged.incrementAndGet();
            queue.add(new Step.Send(() -> timed(Records.of(status))));
        }
    }

    /** True if the broker acknowledged something not long ago. */
    public boolean brokerAnswers() {
        return acknowledgedOnce
                && System.nanoTime() - acknowledgedNanos < settings.silence().toNanos();
    }

    /** How far the broker's clock is, by the status records; empty while that is not known. */
    public Optional<ClockOffset> clockOffset() {
        return clockOffset;
    }

    /** Sends what is there, waits for it, but not for longer than this, and ends the thread. */
    public void finish(Duration patience) throws InterruptedException {
        queue.add(Step.Sign.END);
        ending.countDown();
        if (!sender.finish(patience)) {
            log.warn(
                    "{} receipts or status records not acknowledged within the stop timeout;"
                            + " dropped",
                    unacknowledged.get());
        }
    }

    private boolean send(SendingClient client) throws InterruptedException {
        onItsWay.forEach((number, record) -> send(number, record, client));
        while (!endReached && !client.hasFailed()) {
            // What the producer does not take is sent again, so all are noted before the first.
            numbered(gathered()).forEach((number, record) -> send(number, record, client));
        }
        return endReached && client.flush();
    }

    /**
     * What comes within {@link #GATHERING} of the first, in order; at the end without waiting. What
     * is added meanwhile wakes no thread.
     */
    private List<Step> gathered() throws InterruptedException {
        List<Step> gathered = new ArrayList<>(List.of(queue.take()));
        boolean _ = ending.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
        queue.drainTo(gathered);
        return gathered;
    }

    private Map<Long, ProducerRecord<String, byte[]>> numbered(List<Step> gathered) {
        Map<Long, ProducerRecord<String, byte[]>> numbered = new LinkedHashMap<>();
        for (Step next : gathered) {
            switch (next) {
                case Step.Send(var record) -> numbered.put(++latestNumber, placed(record.get()));
                case Step.Sign.END -> endReached = true;
                case Step.Sign.CLIENT_FAILED -> {}
            }
        }
        onItsWay.putAll(numbered);
        return numbered;
    }

    private ProducerRecord<String, byte[]> placed(ProducerRecord<String, byte[]> record) {
        return settings.placed(record, identity.instance());
    }

    /** With a time of its own: what the broker makes of it tells its clock. */
    private static ProducerRecord<String, byte[]> timed(ProducerRecord<String, byte[]> record) {
        return new ProducerRecord<>(
                record.topic(),
                record.partition(),
                System.currentTimeMillis(),
                record.key(),
                record.value(),
                record.headers());
    }

    private void send(long number, ProducerRecord<String, byte[]> record, SendingClient client) {
        long sent = wallClockMicros();
        client.send(
                record,
                stampMillis -> {
                    if (record.timestamp() != null) {
                        clock.onAcknowledged(
                                record.timestamp(), stampMillis, sent, wallClockMicros());
                        clockOffset = clock.offset();
                    }
                    acknowledged(number);
                },
                () -> queue.add(Step.Sign.CLIENT_FAILED));
    }

    private static long wallClockMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private void acknowledged(long number) {
        onItsWay.remove(number);
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
