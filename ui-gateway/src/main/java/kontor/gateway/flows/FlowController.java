package kontor.gateway.flows;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import kontor.gateway.flows.FlowArchive.Piece;
import kontor.gateway.http.Paging;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.sessions.SessionArchive;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Flows and their bytes. */
@RestController
@RequestMapping("/api/sessions/{id}/flows")
@Tag(name = "flows")
class FlowController {

    /** Pieces read at once for a download: some megabytes at most. */
    private static final int PIECES = 64;

    private final SessionArchive sessions;
    private final FlowArchive flows;
    private final Scheduler queries =
            Schedulers.fromExecutorService(
                    Executors.newThreadPerTaskExecutor(
                            Thread.ofVirtual().name("kontor-download-", 1).factory()));

    FlowController(SessionArchive sessions, FlowArchive flows) {
        this.sessions = sessions;
        this.flows = flows;
    }

    /** Whose bytes. */
    private enum Direction {
        OPENER,
        TARGET,
        BOTH;

        static Direction of(@Nullable String text) {
            for (Direction direction : values()) {
                if (direction.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return direction;
                }
            }
            if (text == null) {
                return BOTH;
            }
            throw ProblemException.badParameter("direction", text, "opener, target, both");
        }

        @Nullable Boolean fromOpener() {
            return switch (this) {
                case OPENER -> true;
                case TARGET -> false;
                case BOTH -> null;
            };
        }
    }

    @GetMapping
    @Operation(summary = "Flows, in order of appearance")
    FlowPage flows(
            @PathVariable UUID id,
            @Parameter(description = "flow number, excluded", example = "0")
                    @RequestParam(required = false)
                    @Nullable Integer after,
            @Parameter(description = "1 to 1000, 100 if left out", example = "100")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        int most = Paging.limit(limit);
        int above = (int) Paging.sequence("after", after == null ? null : after.longValue(), 0);
        if (sessions.session(id).isEmpty()) {
            throw ProblemException.noSuchSession(id);
        }
        List<FlowSummary> page = flows.flowsAfter(id, above, most);
        return new FlowPage(page, Paging.next(page, most, FlowSummary::number));
    }

    @GetMapping(path = "/{flow}/stream", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "The bytes of a flow, as turns or as they are",
            description =
                    "As JSON: one turn per event, a page at a time. As application/octet-stream:"
                            + " what the games sent, all of it, without 'after' and 'limit'.")
    StreamPage turns(
            @PathVariable UUID id,
            @PathVariable int flow,
            @Parameter(description = "opener, target or both, if left out", example = "opener")
                    @RequestParam(required = false)
                    @Nullable String direction,
            @Parameter(description = "session sequence, excluded", example = "0")
                    @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = "1 to 1000, 100 if left out", example = "100")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        int most = Paging.limit(limit);
        Direction wanted = Direction.of(direction);
        long above = Paging.sequence("after", after, 0);
        requireFlow(id, flow);
        List<Piece> pieces = flows.piecesAfter(id, flow, wanted.fromOpener(), above, most);
        return new StreamPage(
                flow,
                pieces.stream().map(Piece::asTurn).toList(),
                Paging.next(pieces, most, Piece::sequence));
    }

    @GetMapping(path = "/{flow}/stream", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(summary = "The bytes of a flow, as turns or as they are")
    Mono<ResponseEntity<Flux<DataBuffer>>> bytes(
            @PathVariable UUID id,
            @PathVariable int flow,
            @RequestParam(required = false) @Nullable String direction) {
        return Mono.fromCallable(
                        () -> {
                            Direction wanted = Direction.of(direction);
                            requireFlow(id, flow);
                            return ResponseEntity.ok(bytes(id, flow, wanted));
                        })
                .subscribeOn(queries);
    }

    /** Reads on only as the far end takes what it got. */
    private Flux<DataBuffer> bytes(UUID id, int flow, Direction wanted) {
        return Flux.<List<Piece>, Long>generate(
                        () -> 0L,
                        (after, sink) -> {
                            List<Piece> pieces =
                                    flows.piecesAfter(id, flow, wanted.fromOpener(), after, PIECES);
                            if (pieces.isEmpty()) {
                                sink.complete();
                                return after;
                            }
                            sink.next(pieces);
                            return pieces.getLast().sequence();
                        })
                .subscribeOn(queries)
                .concatMapIterable(pieces -> pieces, 1)
                .map(piece ->
                        DefaultDataBufferFactory.sharedInstance.wrap(
                                piece.payload().toByteArray()));
    }

    private void requireFlow(UUID id, int flow) {
        if (!flows.exists(id, flow)) {
            if (sessions.session(id).isEmpty()) {
                throw ProblemException.noSuchSession(id);
            }
            throw ProblemKind.NO_SUCH_FLOW.with("session %s has no flow %d".formatted(id, flow));
        }
    }
}
