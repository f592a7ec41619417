package kontor.gateway.pictures;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.UUID;
import kontor.gateway.http.Paging;
import kontor.gateway.http.ProblemKind;
import kontor.vocabulary.PictureName;
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

    @GetMapping("/{instance}")
    @Operation(
            summary = "The recorded pictures of a game's screen",
            description =
                    "The earliest first. A picture is what the screen looked like until the next"
                            + " was taken.")
    Mono<PictureTrack> track(
            @PathVariable UUID id,
            @PathVariable @Parameter(example = "game1") String instance,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(description = "1 to 1000; 100 if left out") @RequestParam(required = false)
                    @Nullable Integer limit) {
        int most = Paging.limit(limit);
        @Nullable PictureName after =
                cursor == null ? null : Paging.decode(cursor, 2, PictureController::place);
        return Mono.fromCallable(() -> archive.track(id, instance, after, most))
                .map(page ->
                        new PictureTrack(
                                PictureArchive.shown(id, instance, page),
                                Paging.next(page, most, PictureController::cursor)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static String cursor(PictureName last) {
        return Paging.encode("%d %d".formatted(last.sequence(), last.takenAtMicros()));
    }

    private static PictureName place(String[] words) {
        return new PictureName(Long.parseLong(words[0]), Long.parseLong(words[1]));
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
