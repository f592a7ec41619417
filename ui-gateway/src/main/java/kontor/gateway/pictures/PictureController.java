package kontor.gateway.pictures;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.UUID;
import kontor.gateway.http.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the games' screens looked like at any event of a session. */
@RestController
@RequestMapping("/api/sessions/{id}/screens")
@Tag(name = "screens")
class PictureController {

    private static final Duration KEPT = Duration.ofDays(1);

    private final PictureArchive archive;

    PictureController(PictureArchive archive) {
        this.archive = archive;
    }

    @GetMapping
    @Operation(
            summary = "The recorded screens at an event",
            description =
                    "Of each game the last picture that was taken before any later event, or the"
                            + " first of the session. None where nothing was recorded.")
    Mono<PictureList> at(
            @PathVariable UUID id,
            @Parameter(description = "a session sequence; the newest if left out", example = "812")
                    @RequestParam(required = false)
                    @Nullable Long at) {
        return Mono.fromCallable(
                        () -> new PictureList(archive.at(id, at == null ? Long.MAX_VALUE : at)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping(path = "/{instance}/{picture}", produces = MediaType.IMAGE_PNG_VALUE)
    @Operation(summary = "A recorded picture, as the list names it")
    Mono<ResponseEntity<byte[]>> picture(
            @PathVariable UUID id,
            @PathVariable @Parameter(example = "game1") String instance,
            @PathVariable @Parameter(example = "812-1795936310065000.png") String picture) {
        return Mono.fromCallable(() ->
                        archive.read(id, instance, picture)
                                .orElseThrow(() ->
                                        ProblemKind.NO_SUCH_PICTURE.with(
                                                "no picture '%s' of '%s'; the oldest are"
                                                                .formatted(picture, instance)
                                                        + " deleted")))
                .subscribeOn(Schedulers.boundedElastic())
                .map(bytes ->
                        ResponseEntity.ok()
                                .cacheControl(CacheControl.maxAge(KEPT).cachePrivate())
                                .body(bytes));
    }
}
