package kontor.gateway.export;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import kontor.filters.Filter;
import kontor.gateway.filtering.FilterParameter;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import kontor.gateway.settings.GatewaySettings;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sessions as files. */
@RestController
@Tag(name = "export")
class ExportController {

    private final SessionExport export;
    private final MessageExport messages;
    private final SessionArchive sessions;
    private final FilterParameter filters;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    ExportController(
            SessionExport export,
            MessageExport messages,
            SessionArchive sessions,
            FilterParameter filters,
            GatewaySettings settings) {
        this.export = export;
        this.messages = messages;
        this.sessions = sessions;
        this.filters = filters;
        this.most = settings.stream().subscribers();
    }

    @GetMapping("/api/sessions/{id}/export")
    @Operation(
            summary = "A session as a file",
            description =
                    "pcapng, as Wireshark reads it: an interface for each instance with the packets"
                        + " that its game sent, direction, session sequence as packet id, verdicts"
                        + " and markers as comments; headers of Ethernet, IP, TCP and UDP are"
                        + " rebuilt from the flows. With 'live' it goes on until the session ends:"
                        + " pipe it into 'wireshark -k -i -'. A filter leaves out packets, not the"
                        + " rest of a message that it finds. jsonl: the messages, one a line, as"
                        + " /messages has them; a filter finds messages there.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = "string", format = "binary")))
    Mono<ResponseEntity<Flux<DataBuffer>>> export(
            @PathVariable UUID id,
            @Parameter(description = ExportFormat.ALLOWED, example = "pcapng")
                    @RequestParam(required = false)
                    @Nullable String format,
            @Parameter(description = FilterParameter.DESCRIPTION, example = "udp.port == 2350")
                    @RequestParam(required = false)
                    @Nullable String filter,
            @Parameter(description = "whether it goes on as the session does; not if left out")
                    @RequestParam(required = false)
                    @Nullable Boolean live) {
        return Mono.fromCallable(
                        () -> {
                            ExportFormat wanted = ExportFormat.of(format);
                            Optional<Filter> found = filters.read(filter);
                            SessionSummary session =
                                    sessions.session(id)
                                            .orElseThrow(() -> ProblemException.noSuchSession(id));
                            boolean goesOn = live != null && live;
                            if (goesOn && wanted != ExportFormat.PCAPNG) {
                                throw ProblemException.badParameter(
                                        "live", "true", "only with format=pcapng");
                            }
                            Flux<Bytes> file =
                                    switch (wanted) {
                                        case PCAPNG -> export.pcapng(session, found, goesOn);
                                        case JSONL -> messages.lines(session.id(), found);
                                    };
                            return answer(session, wanted, file);
                        })
                .subscribeOn(export.queries());
    }

    private ResponseEntity<Flux<DataBuffer>> answer(
            SessionSummary session, ExportFormat format, Flux<Bytes> file) {
        String name =
                "%s-%s.%s"
                        .formatted(
                                session.lab(),
                                session.id().toString().substring(0, 8),
                                format.suffix());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(format.mediaType()))
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(
                        bounded(file)
                                .map(bytes ->
                                        DefaultDataBufferFactory.sharedInstance.wrap(
                                                bytes.toByteArray())));
    }

    private Flux<Bytes> bounded(Flux<Bytes> file) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw ProblemKind.TOO_MANY_STREAMS.with(
                    "%d exports are open; close one".formatted(most));
        }
        return file.doFinally(_ -> open.decrementAndGet());
    }
}
