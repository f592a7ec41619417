package kontor.gateway.injections;

import com.google.protobuf.ByteString;
import jakarta.annotation.PreDestroy;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.control.PacketPublisher;
import kontor.gateway.control.PacketPublisher.Publishing;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.injections.InjectionPlan.Step;
import kontor.gateway.injections.InjectionPlan.Way;
import kontor.gateway.injections.Messages.Piece;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.Injection;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Publishes injections among the packets of the lab, each once: from there on they take the way of
 * what adapters capture. In each lab it has a run of its own, in which they are numbered without
 * gaps.
 *
 * <p>Thread-safe. Each injection has a virtual thread, which waits for its times.
 */
@Component
class Injector {

    private static final Logger LOG = LoggerFactory.getLogger(Injector.class);

    private static final int KEPT = 100;
    private static final Duration BOUNDARY_PATIENCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final PacketPublisher packets;
    private final InjectionArchive archive;
    private final Clock clock;
    private final Map<UUID, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Run> runs = new HashMap<>();
    private @Nullable Publishing publishing;

    Injector(PacketPublisher packets, InjectionArchive archive, Clock clock) {
        this.packets = packets;
        this.archive = archive;
        this.clock = clock;
    }

    /** In one lab. */
    private static final class Run {
        final UUID id = UUID.randomUUID();
        long sequence;
        long newestMicros;
    }

    private static final class Job {
        final InjectionPlan plan;
        volatile String state = "running";
        volatile @Nullable String problem;
        final AtomicLong sent = new AtomicLong();
        volatile @Nullable Thread thread;

        Job(InjectionPlan plan) {
            this.plan = plan;
        }
    }

    /**
     * Begins an injection; its first packet is in the log of packets when this returns, if it is
     * due at once. Blocks.
     *
     * @throws kontor.gateway.http.ProblemException if a message is under way in its flow
     */
    InjectionSummary begin(InjectionPlan plan) throws InterruptedException, KafkaAwayException {
        UUID id = UUID.randomUUID();
        Job job = new Job(plan);
        Step first = plan.steps().getFirst();
        if (first.afterMillis() == 0) {
            send(id, job, first);
        }
        synchronized (jobs) {
            jobs.put(id, job);
            if (jobs.size() > KEPT) {
                jobs.remove(jobs.keySet().iterator().next());
            }
        }
        if (job.sent.get() < plan.total()) {
            job.thread =
                    Thread.ofVirtual().name("kontor-injection-" + id).start(() -> goOn(id, job));
        } else {
            job.state = "finished";
        }
        return summary(id, job);
    }

    private void goOn(UUID id, Job job) {
        InjectionPlan plan = job.plan;
        try {
            while (job.sent.get() < plan.total()) {
                int place = (int) (job.sent.get() % plan.steps().size());
                Step step = plan.steps().get(place);
                boolean isAgain = place == 0 && job.sent.get() > 0;
                Thread.sleep(step.afterMillis() + (isAgain ? plan.everyMillis() : 0));
                send(id, job, step);
            }
            job.state = "finished";
        } catch (InterruptedException e) {
            job.state = "cancelled";
        } catch (KafkaAwayException | RuntimeException e) {
            job.problem = String.valueOf(e.getMessage());
            job.state = "failed";
            LOG.warn(
                    "Injection {} into session {} stops after {} of {} packets: {}",
                    id,
                    plan.session(),
                    job.sent.get(),
                    plan.total(),
                    e.toString());
        }
    }

    private void send(UUID id, Job job, Step step) throws InterruptedException, KafkaAwayException {
        InjectionPlan plan = job.plan;
        Injection.Builder injection =
                Injection.newBuilder()
                        .setInjectionId(id.toString())
                        .setAuthor(plan.author())
                        .setPayload(ByteString.copyFrom(step.payload().asByteBuffer()));
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
                            .setStreamOffset(boundary(plan.session(), stream));
        }
        publish(plan, injection, step.payload());
        job.sent.incrementAndGet();
    }

    /** Waits a moment where a message is under way. */
    private long boundary(UUID session, Way.Stream stream) throws InterruptedException {
        Instant end = Instant.now().plus(BOUNDARY_PATIENCE);
        while (true) {
            List<Piece> tail = archive.tail(session, stream.flow(), stream.fromOpener());
            if (tail.isEmpty() && archive.hasBeginning(session, stream.flow())) {
                return 0;
            }
            OptionalLong boundary = Messages.boundary(tail);
            if (boundary.isPresent()) {
                return boundary.getAsLong();
            }
            if (Instant.now().isAfter(end)) {
                throw ProblemKind.INJECTION_REFUSED.with(
                        tail.isEmpty()
                                ? "the session has nothing of what this end of flow %d has written:"
                                                .formatted(stream.flow())
                                        + " where its messages begin is not known"
                                : "a message is under way in flow %d, or what it carries is not"
                                                .formatted(stream.flow())
                                        + " DirectPlay");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private synchronized void publish(
            InjectionPlan plan, Injection.Builder injection, Bytes payload)
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
                        .setInjection(injection)
                        .build();
        Publishing open = publishing;
        if (open == null) {
            open = packets.begin();
            publishing = open;
        }
        try {
            open.publish(event);
            open.finish();
        } catch (KafkaAwayException e) {
            // Whether the broker has it is not known: what follows is another run's.
            runs.remove(plan.lab());
            publishing = null;
            open.close();
            throw e;
        }
    }

    private static Endpoint endpoint(InetSocketAddress end) {
        return Endpoint.newBuilder()
                .setAddress(ByteString.copyFrom(end.getAddress().getAddress()))
                .setPort(end.getPort())
                .build();
    }

    /** Newest first. */
    List<InjectionSummary> of(UUID session) {
        List<InjectionSummary> found = new ArrayList<>();
        synchronized (jobs) {
            jobs.forEach((id, job) -> {
                if (job.plan.session().equals(session)) {
                    found.add(summary(id, job));
                }
            });
        }
        return found.reversed();
    }

    /** Sends no more of it; empty if there is no such injection. */
    Optional<InjectionSummary> cancel(UUID session, UUID id) throws InterruptedException {
        @Nullable Job job;
        synchronized (jobs) {
            job = jobs.get(id);
        }
        if (job == null || !job.plan.session().equals(session)) {
            return Optional.empty();
        }
        @Nullable Thread thread = job.thread;
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        return Optional.of(summary(id, job));
    }

    private static InjectionSummary summary(UUID id, Job job) {
        return new InjectionSummary(
                id, job.plan.session(), job.state, job.sent.get(), job.plan.total(), job.problem);
    }

    @PreDestroy
    synchronized void stop() {
        synchronized (jobs) {
            for (Job job : jobs.values()) {
                @Nullable Thread thread = job.thread;
                if (thread != null) {
                    thread.interrupt();
                }
            }
        }
        if (publishing != null) {
            publishing.close();
        }
    }
}
