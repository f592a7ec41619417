package kontor.gateway.stream;

import kontor.gateway.answers.ReloadSummary;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Tells those who listen that a reload is in a new phase. Who is too slow hears of the newest only;
 * who announces never runs a listener's code.
 */
@Component
public final class ReloadNews {

    private final Sinks.Many<ReloadSummary> sink = Sinks.many().multicast().directBestEffort();

    /** From now on: without end. */
    public Flux<ReloadSummary> all() {
        return sink.asFlux().onBackpressureLatest().publishOn(Schedulers.parallel(), 1);
    }

    /** Called by one thread. */
    public void announce(ReloadSummary reload) {
        sink.tryEmitNext(reload);
    }
}
