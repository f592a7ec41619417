package kontor.gateway.reloads;

import org.springframework.stereotype.Component;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Tells listeners that a reload is in a new phase. A listener that is too slow misses the oldest;
 * its code never runs on the thread that announces.
 */
@Component
public final class ReloadNews {

    /** Several reloads long. */
    private static final int WAITING = 64;

    private final Sinks.Many<ReloadSummary> sink = Sinks.many().multicast().directBestEffort();

    /** From now on: without end. */
    public Flux<ReloadSummary> all() {
        return sink.asFlux()
                .onBackpressureBuffer(WAITING, _ -> {}, BufferOverflowStrategy.DROP_OLDEST)
                .publishOn(Schedulers.parallel());
    }

    /** Called by one thread. */
    public void announce(ReloadSummary reload) {
        sink.tryEmitNext(reload);
    }
}
