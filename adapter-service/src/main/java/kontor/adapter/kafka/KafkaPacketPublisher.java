package kontor.adapter.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kontor.adapter.spool.Spool;
import kontor.adapter.spool.SpoolPlace;
import kontor.adapter.spool.SpooledEvent;
import kontor.packets.v1.AdapterEvent;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the spool to {@code kontor.packets}, in order: as it was written down, by whichever run.
 *
 * <p>A thread of its own waits for events and for the broker, so that nobody else does. An event
 * leaves the spool only when the broker has acknowledged it. Where the client gives up on an event,
 * which it does on nothing that time can mend, a new client begins again with the oldest event that
 * is not acknowledged: some may then stand in the topic twice, which readers know by their
 * sequence. Policy: HALT at what is no message; it is tried again, and nothing behind it is sent.
 */
public final class KafkaPacketPublisher {

    private static final Logger log = LoggerFactory.getLogger(KafkaPacketPublisher.class);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final Spool spool;
    private final Thread thread;

    public KafkaPacketPublisher(KafkaSettings settings, RunIdentity identity, Spool spool) {
        this.clients = new KafkaClients(settings.servers(), identity.instance().value());
        this.spool = spool;
        this.thread = new Thread(this::run, "kontor-publisher-1");
    }

    public void start() {
        thread.start();
    }

    /**
     * Waits until all events of the ended spool are acknowledged, but not for longer than this, and
     * ends the thread.
     */
    public void finish(Duration patience) throws InterruptedException {
        if (thread.isAlive() && !thread.join(patience)) {
            thread.interrupt();
            thread.join();
        }
    }

    private void run() {
        try {
            while (!publish()) {
                Thread.sleep(RESTART_PAUSE);
            }
        } catch (InterruptedException | InterruptException e) {
            log.warn("Publishing was given up: the broker did not acknowledge in time");
        }
    }

    /** True where the spool has ended and all of it is acknowledged. */
    private boolean publish() throws InterruptedException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Producer<String, byte[]> producer = clients.producer("packets", Duration.ZERO);
        try {
            while (failure.get() == null) {
                Optional<SpooledEvent> event = spool.take();
                if (event.isEmpty()) {
                    producer.flush();
                    if (failure.get() == null) {
                        return true;
                    }
                } else if (failure.get() == null) {
                    send(event.get(), producer, failure);
                }
            }
            log.error("The broker refuses events; trying again with the oldest", failure.get());
        } catch (InterruptException e) {
            throw e;
        } catch (InvalidProtocolBufferException e) {
            log.error("An event in the spool is no message: HALT", e);
        } catch (KafkaException e) {
            log.error("The client cannot go on; trying again with the oldest event", e);
        } finally {
            // Either nothing is in flight, or it will be sent again. Closing would fail while the
            // thread counts as interrupted; that it was, an exception says already.
            Thread.interrupted();
            producer.close(Duration.ZERO);
        }
        spool.rewind();
        return false;
    }

    // The answer comes to the callback.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(
            SpooledEvent event,
            Producer<String, byte[]> producer,
            AtomicReference<@Nullable Exception> failure)
            throws InvalidProtocolBufferException {
        // Not the event itself: what is under way is in the client's memory, and once is enough.
        SpoolPlace place = event.place();
        producer.send(
                Records.of(message(event)),
                (_, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                        // Wakes the thread up; what it takes then, it takes again later.
                        spool.rewind();
                    } else if (failure.get() == null) {
                        spool.acknowledge(place);
                    }
                });
    }

    private static AdapterEvent message(SpooledEvent event) throws InvalidProtocolBufferException {
        return AdapterEvent.parseFrom(event.message().asByteBuffer());
    }
}
