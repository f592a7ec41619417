package kontor.gateway.markers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Tells listeners that a marker was set or taken away. A listener that is too slow misses the
 * oldest; its code never runs on the thread that announces.
 */
@Component
public final class MarkerNews {

    private static final int WAITING = 256;

    private final Sinks.Many<Change> sink = Sinks.many().multicast().directBestEffort();

    /** What became of a marker. */
    @Schema(name = "MarkerChange")
    public record Change(
            @Schema(hidden = true) UUID session,
            Marker marker,
            @Schema(description = "whether it was taken away") boolean deleted) {}

    /** From now on: without end. */
    public Flux<Change> of(UUID session) {
        return sink.asFlux()
                .onBackpressureBuffer(WAITING, _ -> {}, BufferOverflowStrategy.DROP_OLDEST)
                .publishOn(Schedulers.parallel())
                .filter(change -> change.session().equals(session));
    }

    synchronized void announce(Change change) {
        sink.tryEmitNext(change);
    }
}
