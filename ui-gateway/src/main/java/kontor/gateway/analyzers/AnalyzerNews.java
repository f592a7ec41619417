package kontor.gateway.analyzers;

import org.springframework.stereotype.Component;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Tells listeners what becomes of analyzers. A listener that is too slow misses the oldest; its
 * code never runs on the thread that announces.
 */
@Component
public final class AnalyzerNews {

    /** Several changes of a file. */
    private static final int WAITING = 64;

    private final Sinks.Many<AnalyzerNotice> sink = Sinks.many().multicast().directBestEffort();

    /** From now on: without end. */
    public Flux<AnalyzerNotice> all() {
        return sink.asFlux()
                .onBackpressureBuffer(WAITING, _ -> {}, BufferOverflowStrategy.DROP_OLDEST)
                .publishOn(Schedulers.parallel());
    }

    /** Called by one thread. */
    public void announce(AnalyzerNotice notice) {
        sink.tryEmitNext(notice);
    }
}
