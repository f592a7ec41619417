package kontor.adapter.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.Optional;
import kontor.adapter.spool.Spool;
import kontor.adapter.spool.SpoolPlace;
import kontor.adapter.spool.SpooledEvent;
import kontor.topics.Records;
import kontor.topics.RequestPace;
import kontor.vocabulary.InstanceName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the spool to {@code kontor.packets}, in order: as it was written down, by whichever run.
 *
 * <p>An event leaves the spool only when the broker has acknowledged it. One that is sent again may
 * stand in the topic twice, which readers know by its sequence. Policy: HALT at what is no message;
 * it is tried again, and nothing behind it is sent.
 */
public final class KafkaPacketPublisher {

    private static final Logger log = LoggerFactory.getLogger(KafkaPacketPublisher.class);

    private final KafkaSettings settings;
    private final InstanceName instance;
    private final Spool spool;
    private final RequestPace pace;
    private final TenaciousSender sender;

    public KafkaPacketPublisher(KafkaLink link, RunIdentity identity, Spool spool) {
        this.settings = link.settings();
        this.instance = identity.instance();
        this.spool = spool;
        this.pace = link.packetPace();
        this.sender = new TenaciousSender(instance, "packets", link.producer(), this::publish);
    }

    public void start() {
        sender.start();
    }

    /**
     * Waits until all events of the ended spool are acknowledged, but not for longer than this, and
     * ends the thread.
     */
    public void finish(Duration patience) throws InterruptedException {
        if (!sender.finish(patience)) {
            log.warn(
                    "Broker did not acknowledge all events within the stop timeout; the rest stays"
                            + " in the spool");
        }
    }

    private boolean publish(SendingClient client) throws InterruptedException {
        spool.rewind();
        try {
            while (!client.hasFailed()) {
                if (spool.isTaken()) {
                    pace.await();
                }
                Optional<SpooledEvent> event = spool.take();
                if (event.isPresent()) {
                    send(event.get(), client);
                    pace.took(1);
                } else if (client.flush()) {
                    return true;
                }
            }
        } catch (InvalidProtocolBufferException e) {
            log.error(
                    "HALT: spooled event cannot be decoded; nothing behind it is published,"
                            + " retrying",
                    e);
        }
        return false;
    }

    private void send(SpooledEvent event, SendingClient client)
            throws InvalidProtocolBufferException {
        // Not the event itself: what is under way is in the client's memory, and once is enough.
        SpoolPlace place = event.place();
        // A failure wakes the thread up; what it takes then, it takes again later.
        client.send(
                settings.placed(Records.ofAdapterEvent(event.message().toByteArray()), instance),
                _ -> spool.acknowledge(place),
                spool::rewind);
    }
}
