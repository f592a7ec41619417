package kontor.gateway.rules;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.rules.HeldBoard.Held;
import kontor.gateway.rules.HeldBoard.Lane;
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
    HeldList holds() {
        List<Held> all = board.all();
        Map<Lane, Integer> behind = new HashMap<>();
        all.forEach(held -> behind.merge(held.lane(), 1, Integer::sum));
        Set<Lane> seen = new HashSet<>();
        List<HeldList.HeldMessage> messages = new ArrayList<>(all.size());
        for (Held held : all) {
            boolean isFirst = seen.add(held.lane());
            int blocks = behind.merge(held.lane(), -1, Integer::sum);
            messages.add(message(held, isFirst, blocks));
        }
        return new HeldList(messages);
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
            if (other.number() < number && other.lane().equals(held.lane())) {
                throw ProblemKind.NOT_FIRST.with(
                        "number %d waits before it".formatted(other.number()));
            }
        }
        HeldRelease wanted = how == null ? HeldRelease.AS_IT_IS : how;
        @Nullable Bytes bytes = edited(held, wanted);
        decide(held, false, Boolean.TRUE.equals(wanted.holdNext()), bytes);
    }

    @PostMapping("/{lab}/{number}/preview")
    @Operation(summary = "What would be passed on if it were edited so; it goes on waiting")
    HeldPreview preview(
            @PathVariable String lab,
            @PathVariable long number,
            @RequestBody(required = false) @Nullable HeldRelease how) {
        Held held = find(lab, number);
        @Nullable Bytes bytes = edited(held, how == null ? HeldRelease.AS_IT_IS : how);
        return new HeldPreview(HeldEdit.hex(bytes == null ? held.bytes() : bytes), bytes != null);
    }

    @PostMapping("/{lab}/{number}/drop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Do not pass it on; what is behind it goes on")
    void drop(@PathVariable String lab, @PathVariable long number) throws InterruptedException {
        Held held = find(lab, number);
        if (!held.isContent()) {
            throw ProblemKind.BAD_BODY.with("the end of a stream cannot be dropped");
        }
        decide(held, true, false, null);
    }

    private Held find(String lab, long number) {
        @Nullable Held held = board.held(lab, number);
        if (held == null) {
            throw ProblemKind.NOT_HELD.with(
                    "number %d does not wait in lab %s".formatted(number, lab));
        }
        return held;
    }

    private static @Nullable Bytes edited(Held held, HeldRelease wanted) {
        return switch (HeldEdit.of(held, wanted)) {
            case Edited.Done(@Nullable Bytes bytes) -> bytes;
            case Edited.Refused(List<String> problems) ->
                    throw new ProblemException(
                            ProblemKind.BAD_BODY, problems.getFirst(), null, null, problems);
        };
    }

    private void decide(Held held, boolean drop, boolean holdNext, @Nullable Bytes bytes)
            throws InterruptedException {
        try {
            requests.decideHeld(held.lane().lab(), held.number(), drop, holdNext, bytes, AUTHOR);
        } catch (KafkaAwayException e) {
            throw ProblemKind.KAFKA_AWAY.with(String.valueOf(e.getMessage()));
        }
    }

    private HeldList.HeldMessage message(Held held, boolean isFirst, int blocks) {
        Instant heldAt = instant(held.heldMicros());
        boolean hasTime = held.dueMicros() != 0 && !held.isFrozen();
        return new HeldList.HeldMessage(
                held.lane().lab(),
                held.number(),
                held.session().isEmpty() ? null : held.session(),
                held.sequence(),
                held.isStream() ? "tcp" : "udp",
                held.flow(),
                held.kind(),
                held.lane().from(),
                held.lane().to(),
                held.lane().fromPort(),
                held.lane().toPort(),
                held.rule(),
                reason(held.reason()),
                held.freezes(),
                held.isFrozen(),
                isFirst,
                heldAt,
                hasTime ? instant(held.dueMicros()) : null,
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
