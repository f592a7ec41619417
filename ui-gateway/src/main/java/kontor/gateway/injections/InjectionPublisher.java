package kontor.gateway.injections;

import com.google.protobuf.ByteString;
import jakarta.annotation.PreDestroy;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.control.PacketPublisher;
import kontor.gateway.control.PacketPublisher.Publishing;
import kontor.gateway.injections.InjectionPlan.Way;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.Injection;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Publishes injections among the packets of their labs, each once. In each lab it has a run of its
 * own, in which they are numbered without gaps; where it is not known whether the broker has the
 * last one, the next is another run's.
 *
 * <p>Thread-safe; one after the other. Blocks.
 */
@Component
class InjectionPublisher {

    private final PacketPublisher packets;
    private final Clock clock;
    private final Map<String, Run> runs = new HashMap<>();
    private @Nullable Publishing publishing;

    InjectionPublisher(PacketPublisher packets, Clock clock) {
        this.packets = packets;
        this.clock = clock;
    }

    /** In one lab. */
    private static final class Run {
        final UUID id = UUID.randomUUID();
        long sequence;
        long newestMicros;
    }

    /**
     * Publishes a packet; the broker has it when this returns.
     *
     * @param boundary in a stream, where it goes
     * @throws KafkaAwayException if the broker did not say that it has it
     */
    synchronized void publish(InjectionPlan plan, UUID id, Bytes payload, long boundary)
            throws InterruptedException, KafkaAwayException {
        Run run = runs.computeIfAbsent(plan.lab(), _ -> new Run());
        run.newestMicros =
                Math.max(
                        run.newestMicros,
                        ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        AdapterEvent event =
                AdapterEvent.newBuilder()
                        .setLab(plan.lab())
                        .setInstance(plan.instance())
                        .setRunId(run.id.toString())
                        .setAdapterSequence(++run.sequence)
                        .setCapturedAtMicros(run.newestMicros)
                        .setPayloadCrc32C(payload.crc32c())
                        .setInjection(injection(plan, id, payload, boundary))
                        .build();
        Publishing open = publishing;
        if (open == null) {
            open = packets.begin();
            publishing = open;
        }
        boolean isThere = false;
        try {
            open.publish(event);
            open.finish();
            isThere = true;
        } finally {
            if (!isThere) {
                runs.remove(plan.lab());
                publishing = null;
                open.close();
            }
        }
    }

    private static Injection injection(InjectionPlan plan, UUID id, Bytes payload, long boundary) {
        Injection.Builder injection =
                Injection.newBuilder()
                        .setInjectionId(id.toString())
                        .setAuthor(plan.author())
                        .setPayload(ByteString.copyFrom(payload.asByteBuffer()));
        switch (plan.way()) {
            case Way.Datagrams datagrams ->
                    injection
                            .setSource(endpoint(datagrams.source()))
                            .setDestination(endpoint(datagrams.destination()));
            case Way.Stream stream ->
                    injection
                            .setFlow(
                                    FlowReference.newBuilder()
                                            .setRunId(stream.reference().run().toString())
                                            .setNumber(stream.reference().number()))
                            .setStreamOffset(boundary);
        }
        return injection.build();
    }

    private static Endpoint endpoint(InetSocketAddress end) {
        return Endpoint.newBuilder()
                .setAddress(ByteString.copyFrom(end.getAddress().getAddress()))
                .setPort(end.getPort())
                .build();
    }

    @PreDestroy
    synchronized void close() {
        if (publishing != null) {
            publishing.close();
            publishing = null;
        }
    }
}
