package kontor.gateway.injections;

import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.injections.InjectionPlan.Answered;
import kontor.gateway.injections.InjectionPlan.Step;
import kontor.gateway.injections.InjectionPlan.Way;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.Exceptions;

/**
 * Carries injections out: publishes each packet when it is due, or when what it answers has come.
 * From there on they take the way of what adapters capture.
 *
 * <p>Thread-safe. Each injection has a virtual thread; so many run at once, and so many are
 * remembered.
 */
@Component
class Injector {

    private static final Logger LOG = LoggerFactory.getLogger(Injector.class);

    private static final int KEPT = 100;

    private final InjectionPublisher publisher;
    private final InjectionArchive archive;
    private final ReceivedPackets received;
    private final Map<UUID, Job> jobs = new LinkedHashMap<>();

    Injector(InjectionPublisher publisher, InjectionArchive archive, ReceivedPackets received) {
        this.publisher = publisher;
        this.archive = archive;
        this.received = received;
    }

    private enum State {
        RUNNING,
        FINISHED,
        CANCELLED,
        FAILED
    }

    private static final class Job {
        final UUID id = UUID.randomUUID();
        final InjectionPlan plan;
        final @Nullable BoundarySearch search;
        final AtomicLong sent = new AtomicLong();
        volatile State state = State.RUNNING;
        volatile @Nullable String problem;
        volatile @Nullable Thread thread;

        Job(InjectionPlan plan, @Nullable BoundarySearch search) {
            this.plan = plan;
            this.search = search;
        }
    }

    /** Somebody asked for no more of it, or its session is over. */
    private static final class OverException extends Exception {

        private static final long serialVersionUID = 1;

        OverException(String why) {
            super(why);
        }
    }

    /**
     * Begins an injection; its first packet is in the log of packets when this returns, if it is
     * due at once. Blocks.
     *
     * @throws ProblemException if a message is under way in its flow, or too many injections run
     */
    InjectionSummary begin(InjectionPlan plan) throws InterruptedException, KafkaAwayException {
        Job job =
                new Job(
                        plan,
                        plan.way() instanceof Way.Stream stream
                                ? new BoundarySearch(archive, plan.session(), stream)
                                : null);
        remember(job);
        boolean isBegun = false;
        try {
            Step first = plan.steps().getFirst();
            if (first.afterMillis() == 0 && plan.answered() == null) {
                send(job, first.template());
            }
            isBegun = true;
        } finally {
            if (!isBegun) {
                forget(job);
            }
        }
        if (job.sent.get() < plan.total()) {
            Thread thread =
                    Thread.ofVirtual()
                            .name("kontor-injection-" + job.id)
                            .unstarted(() -> work(job));
            job.thread = thread;
            thread.start();
        } else {
            job.state = State.FINISHED;
        }
        return summary(job);
    }

    private void forget(Job job) {
        synchronized (jobs) {
            jobs.remove(job.id);
        }
    }

    private void remember(Job job) {
        synchronized (jobs) {
            Iterator<Job> oldest = jobs.values().iterator();
            while (jobs.size() >= KEPT && oldest.hasNext()) {
                if (oldest.next().state != State.RUNNING) {
                    oldest.remove();
                }
            }
            if (jobs.size() >= KEPT) {
                throw ProblemKind.INJECTION_REFUSED.with(
                        "%d injections are running: cancel one".formatted(KEPT));
            }
            jobs.put(job.id, job);
        }
    }

    private void work(Job job) {
        try {
            @Nullable Answered answered = job.plan.answered();
            if (answered == null) {
                repeat(job);
            } else {
                answer(job, answered);
            }
            job.state = State.FINISHED;
        } catch (InterruptedException e) {
            job.state = State.CANCELLED;
        } catch (OverException e) {
            job.problem = e.getMessage();
            job.state = State.CANCELLED;
        } catch (KafkaAwayException | RuntimeException e) {
            boolean isCancelled = Exceptions.unwrap(e) instanceof InterruptedException;
            job.problem = isCancelled ? job.problem : String.valueOf(e.getMessage());
            job.state = isCancelled ? State.CANCELLED : State.FAILED;
            if (!isCancelled) {
                LOG.warn(
                        "injection {} into session {} stops after {} of {} packets: {}",
                        job.id,
                        job.plan.session(),
                        job.sent.get(),
                        job.plan.total(),
                        e.toString());
            }
        }
    }

    private void repeat(Job job) throws InterruptedException, KafkaAwayException, OverException {
        InjectionPlan plan = job.plan;
        while (job.sent.get() < plan.total()) {
            int place = (int) (job.sent.get() % plan.steps().size());
            Step step = plan.steps().get(place);
            boolean isAgain = place == 0 && job.sent.get() > 0;
            Thread.sleep(step.afterMillis() + (isAgain ? plan.everyMillis() : 0));
            if (received.hasEnded(plan.session())) {
                throw new OverException("the session has ended");
            }
            send(job, step.template());
        }
    }

    /** As often as wanted; what comes while an answer takes its time is answered after it. */
    private void answer(Job job, Answered answered)
            throws InterruptedException, KafkaAwayException, OverException {
        InjectionPlan plan = job.plan;
        received.each(
                plan.session(),
                plan.lab(),
                answered,
                (sequence, payload) -> {
                    Thread.sleep(job.sent.get() > 0 ? plan.everyMillis() : 0);
                    for (Step step : plan.steps()) {
                        Thread.sleep(step.afterMillis());
                        Optional<Bytes> answer = step.payload(payload);
                        if (answer.isEmpty()) {
                            job.problem =
                                    "event %d has %d bytes, too few to copy from"
                                            .formatted(sequence, payload.length());
                            return true;
                        }
                        send(job, answer.get());
                    }
                    return job.sent.get() < plan.total();
                });
        if (job.sent.get() < plan.total()) {
            throw new OverException("the session has ended");
        }
    }

    private void send(Job job, Bytes payload) throws InterruptedException, KafkaAwayException {
        InjectionPlanner.check(payload, job.plan.way());
        long boundary = job.search == null ? 0 : job.search.boundary();
        publisher.publish(job.plan, job.id, payload, boundary);
        job.sent.incrementAndGet();
    }

    /** Newest first. */
    List<InjectionSummary> of(UUID session) {
        List<InjectionSummary> found = new ArrayList<>();
        synchronized (jobs) {
            for (Job job : jobs.values()) {
                if (job.plan.session().equals(session)) {
                    found.add(summary(job));
                }
            }
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
        return Optional.of(summary(job));
    }

    private static InjectionSummary summary(Job job) {
        return new InjectionSummary(
                job.id,
                job.plan.session(),
                job.plan.instance(),
                job.state.name().toLowerCase(Locale.ROOT),
                job.sent.get(),
                job.plan.total(),
                job.problem);
    }

    @PreDestroy
    void stop() {
        synchronized (jobs) {
            for (Job job : jobs.values()) {
                @Nullable Thread thread = job.thread;
                if (thread != null) {
                    thread.interrupt();
                }
            }
        }
    }
}
