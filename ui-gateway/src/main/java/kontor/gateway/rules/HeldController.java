package kontor.gateway.rules;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.rules.HeldBoard.Held;
import kontor.gateway.rules.HeldEdit.Edited;
import kontor.sessions.v1.WaitReason;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What waits for a person, or for its time. */
@RestController
@RequestMapping("/api/holds")
@Tag(name = "rules")
class HeldController {

    private static final String AUTHOR = "ui-gateway";

    private final HeldBoard board;
    private final ControlRequests requests;
    private final Clock clock;

    HeldController(HeldBoard board, ControlRequests requests) {
        this.board = board;
        this.requests = requests;
        this.clock = Clock.systemUTC();
    }

    @GetMapping
    @Operation(
            summary = "What waits: for a person, for its time, or behind another",
            description = "In the order in which it came; the first of each way blocks the others.")
    HeldList held() {
        List<Held> all = board.all();
        return new HeldList(all.stream().map(held -> message(held, all)).toList());
    }

    @PostMapping("/{lab}/{number}/release")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Let it go on, as it is or edited, and perhaps hold the next one",
            description =
                    "The session event held_released says that it went on. If its time came"
                            + " before, nothing happens.")
    void release(
            @PathVariable String lab,
            @PathVariable long number,
            @RequestBody(required = false) @Nullable HeldRelease how)
            throws InterruptedException {
        Held held = find(lab, number);
        for (Held other : board.all()) {
            if (other.lab().equals(lab) && other.number() < number && other.isOnTheWayOf(held)) {
                throw ProblemKind.NOT_FIRST.with(
                        "number %d waits before it".formatted(other.number()));
            }
        }
        HeldRelease wanted = how == null ? new HeldRelease(null, null, null) : how;
        switch (HeldEdit.of(held, wanted)) {
            case Edited.Done(@Nullable Bytes bytes) ->
                    decide(held, false, Boolean.TRUE.equals(wanted.holdNext()), bytes);
            case Edited.Refused(List<String> problems) ->
                    throw new ProblemException(
                            ProblemKind.BAD_BODY, problems.getFirst(), null, null, problems);
        }
    }

    @PostMapping("/{lab}/{number}/drop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Do not pass it on; what is behind it goes on")
    void drop(@PathVariable String lab, @PathVariable long number) throws InterruptedException {
        decide(find(lab, number), true, false, null);
    }

    private Held find(String lab, long number) {
        @Nullable Held held = board.held(lab, number);
        if (held == null) {
            throw ProblemKind.NOT_HELD.with(
                    "number %d does not wait in lab %s".formatted(number, lab));
        }
        return held;
    }

    private void decide(Held held, boolean drop, boolean holdNext, @Nullable Bytes bytes)
            throws InterruptedException {
        try {
            requests.decideHeld(held.lab(), held.number(), drop, holdNext, bytes, AUTHOR);
        } catch (KafkaAwayException e) {
            throw ProblemKind.KAFKA_AWAY.with(String.valueOf(e.getMessage()));
        }
    }

    private HeldList.HeldMessage message(Held held, List<Held> all) {
        Instant heldAt = instant(held.heldMicros());
        int blocks =
                (int)
                        all.stream()
                                .filter(other -> other.lab().equals(held.lab()))
                                .filter(other -> other.number() > held.number())
                                .filter(other -> other.isOnTheWayOf(held))
                                .count();
        return new HeldList.HeldMessage(
                held.lab(),
                held.number(),
                held.session().isEmpty() ? null : held.session(),
                held.sequence(),
                held.from(),
                held.to(),
                held.fromPort(),
                held.toPort(),
                held.rule(),
                reason(held.reason()),
                heldAt,
                held.dueMicros() == 0 ? null : instant(held.dueMicros()),
                Math.max(0, ChronoUnit.MILLIS.between(heldAt, clock.instant())),
                blocks,
                HeldEdit.hex(held.bytes()),
                held.copies());
    }

    private static String reason(WaitReason reason) {
        return reason.name().replace("WAIT_REASON_", "").toLowerCase(Locale.ROOT);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
