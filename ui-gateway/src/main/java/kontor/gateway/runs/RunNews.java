package kontor.gateway.runs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Tells listeners how runs get on. A listener that is too slow misses the oldest; its code never
 * runs on the thread that announces.
 */
@Component
public final class RunNews {

    private static final int WAITING = 64;

    private final Sinks.Many<RunNotice> sink = Sinks.many().multicast().directBestEffort();

    private record Heard(RunNotice run, boolean isNews) {}

    /**
     * Those of a session that are not over, and what becomes of any from now on: without end. Of a
     * run that was heard of meanwhile nothing older is told.
     *
     * @param stored reads the runs as they are stored
     */
    public Flux<RunNotice> of(UUID session, Mono<List<RunNotice>> stored) {
        return Flux.defer(() -> {
            Flux<Heard> news =
                    sink.asFlux()
                            .onBackpressureBuffer(
                                    WAITING, _ -> {}, BufferOverflowStrategy.DROP_OLDEST)
                            .publishOn(Schedulers.parallel())
                            .filter(run -> run.session().equals(session))
                            .map(run -> new Heard(run, true));
            Flux<Heard> there =
                    stored.flatMapIterable(runs -> runs).map(run -> new Heard(run, false));
            Set<UUID> heard = new HashSet<>();
            return Flux.merge(1, news, there)
                    .doOnNext(one -> {
                        if (one.isNews) {
                            heard.add(one.run.id());
                        }
                    })
                    .filter(one -> one.isNews || !heard.contains(one.run.id()))
                    .map(Heard::run);
        });
    }

    /** Called by one thread. */
    public void announce(RunNotice run) {
        sink.tryEmitNext(run);
    }
}
