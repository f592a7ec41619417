package kontor.gateway.stream;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Wakes those who wait for something new in a session. Nothing is carried but the fact; who
 * announces never runs a waiter's code.
 *
 * <p>To miss nothing: take the {@link #next} first, then look, then wait for it.
 */
@Component
public final class News {

    private final Map<UUID, Sinks.Empty<Void>> waiting = new ConcurrentHashMap<>();

    /** Completes at the first announcement after this call. */
    Mono<Void> next(UUID session) {
        return waiting.computeIfAbsent(session, id -> Sinks.empty())
                .asMono()
                .publishOn(Schedulers.parallel());
    }

    /** Called by one thread. */
    public void announce(UUID session) {
        Sinks.Empty<Void> sink = waiting.remove(session);
        if (sink != null) {
            sink.tryEmitEmpty();
        }
    }
}
