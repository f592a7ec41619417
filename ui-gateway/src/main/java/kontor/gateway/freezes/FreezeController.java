package kontor.gateway.freezes;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.instances.InstanceSummary;
import kontor.gateway.reloads.ReloadBoard;
import kontor.gateway.reloads.ReloadSummary;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Freezes and thaws the games of a lab by hand. */
@RestController
@RequestMapping("/api/labs/{lab}")
@Tag(name = "labs")
class FreezeController {

    private final InstanceBoard instances;
    private final ReloadBoard reloads;
    private final ControlRequests control;
    private final Clock clock;
    private final int longestSeconds;

    FreezeController(
            InstanceBoard instances,
            ReloadBoard reloads,
            ControlRequests control,
            Clock clock,
            GatewaySettings settings) {
        this.instances = instances;
        this.reloads = reloads;
        this.control = control;
        this.clock = clock;
        this.longestSeconds = Math.toIntExact(settings.freezeLongest().toSeconds());
    }

    @PostMapping("/freeze")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Let all games of a lab stand still, for a while",
            description =
                    "Answers 202 once the request is on its way. Each game that stands still says"
                        + " so in the session (game_frozen, or freeze_failed with the reason), and"
                        + " its instance has 'freezeId'. Unless thawed before, games go on by"
                        + " themselves when the time is up, whatever has become of gateway and"
                        + " orchestrator. A later freeze takes the place of an earlier one. 409"
                        + " while a reload has frozen the games, or is about to.")
    FreezeAccepted freeze(
            @Parameter(example = "default") @PathVariable String lab,
            @RequestBody(required = false) @Nullable FreezeRequest body)
            throws InterruptedException, KafkaAwayException {
        connected(lab);
        int seconds =
                body == null || body.seconds() == null
                        ? longestSeconds
                        : Objects.requireNonNull(body.seconds());
        if (seconds < 1 || seconds > longestSeconds) {
            throw ProblemException.badParameter(
                    "seconds", Integer.toString(seconds), "1 to " + longestSeconds);
        }
        refuseDuringReload(lab);
        UUID id = control.requestFreeze(lab, Duration.ofSeconds(seconds));
        return new FreezeAccepted(id, lab, seconds);
    }

    @PostMapping("/thaw")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Let the games of a lab go on that were frozen by hand",
            description =
                    "Answers 202 once the request is on its way. 409 where no game of the lab"
                            + " stands still, or a reload holds them: it thaws them itself.")
    ThawAccepted thaw(
            @Parameter(example = "default") @PathVariable String lab,
            @RequestBody(required = false) @Nullable ThawRequest body)
            throws InterruptedException, KafkaAwayException {
        List<UUID> freezes = new ArrayList<>();
        if (body != null && body.freezeId() != null) {
            freezes.add(body.freezeId());
        } else {
            connected(lab).stream()
                    .map(InstanceSummary::freezeId)
                    .filter(Objects::nonNull)
                    .map(UUID::fromString)
                    .distinct()
                    .forEach(freezes::add);
        }
        if (freezes.isEmpty()) {
            throw ProblemKind.NOT_FROZEN.with("no game of lab %s stands still".formatted(lab));
        }
        for (UUID id : freezes) {
            if (reloads.find(id).filter(reload -> !reload.finished()).isPresent()) {
                throw ProblemKind.RELOAD_RUNNING.with(
                        "reload %s holds the games, and thaws them itself".formatted(id));
            }
        }
        for (UUID id : freezes) {
            control.requestThaw(lab, id);
        }
        return new ThawAccepted(lab, freezes);
    }

    private List<InstanceSummary> connected(String lab) {
        List<InstanceSummary> there =
                instances.instances(List.of(), clock.instant()).stream()
                        .filter(instance -> instance.lab().equals(lab) && instance.connected())
                        .toList();
        if (there.isEmpty()) {
            throw ProblemKind.NO_SUCH_LAB.with("no adapter of lab %s is connected".formatted(lab));
        }
        return there;
    }

    private void refuseDuringReload(String lab) {
        for (ReloadSummary reload : reloads.reloads()) {
            if (reload.lab().equals(lab) && reload.freeze() && !reload.finished()) {
                throw ProblemKind.RELOAD_RUNNING.with(
                        "reload %s of %s freezes the games itself"
                                .formatted(reload.id(), reload.service()));
            }
        }
    }
}
