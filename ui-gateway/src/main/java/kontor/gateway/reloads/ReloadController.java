package kontor.gateway.reloads;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.sessions.KnownLabs;
import kontor.topics.ServiceLife;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Planned restarts of services in the middle of a game, and the services' processes. */
@RestController
@RequestMapping("/api")
@Tag(name = "reloads")
class ReloadController {

    private static final List<String> SERVICES =
            List.of("orchestrator-service", "analysis-service", "ui-gateway", "journal");

    private final ReloadBoard reloads;
    private final ServiceBoard services;
    private final KnownLabs labs;
    private final ControlRequests control;
    private final Clock clock;
    private final ServiceLife life;

    ReloadController(
            ReloadBoard reloads,
            ServiceBoard services,
            KnownLabs labs,
            ControlRequests control,
            Clock clock,
            ServiceLife life) {
        this.reloads = reloads;
        this.services = services;
        this.labs = labs;
        this.control = control;
        this.clock = clock;
        this.life = life;
    }

    @PostMapping("/reloads")
    @Operation(
            summary = "Restart a service in the middle of a game, losing nothing",
            description =
                    "Answers 202 once the request is on its way; what becomes of it is at the"
                        + " Location, and in every live stream of the lab. The orchestrator that"
                        + " owns the lab refuses it (phase failed, with the reason) while another"
                        + " reload runs in the lab.")
    ResponseEntity<ReloadAccepted> reload(
            @RequestBody(required = false) @Nullable ReloadRequest body)
            throws InterruptedException, KafkaAwayException {
        String service = service(body == null ? null : body.service());
        boolean freeze = body != null && Boolean.TRUE.equals(body.freeze());
        String lab = labs.choose(body == null ? null : body.lab());
        UUID id = control.requestReload(lab, service, freeze);
        return ResponseEntity.accepted()
                .location(URI.create("/api/reloads/" + id))
                .body(new ReloadAccepted(id, lab, service, freeze));
    }

    @GetMapping("/reloads")
    @Operation(
            summary = "Reloads that were heard of lately, newest first",
            description = "Folded from the control topic: a restarted gateway knows them again.")
    ReloadList reloads() {
        return new ReloadList(reloads.reloads());
    }

    @GetMapping("/reloads/{id}")
    @Operation(summary = "One reload: its phase, how long each phase took, and its result")
    ReloadSummary reload(@PathVariable UUID id) {
        return reloads.find(id)
                .orElseThrow(() ->
                        ProblemKind.NO_SUCH_RELOAD.with("no reload %s was heard of".formatted(id)));
    }

    @GetMapping("/services")
    @Operation(
            summary = "The services' processes, by service, who spoke last first",
            description = "What they say about themselves: orchestrators each second, others less.")
    ServiceList services() {
        return new ServiceList(
                services.services(clock.instant()).stream()
                        .map(service ->
                                service.processId().equals(life.processId().toString())
                                        ? service.with(ownFollowers())
                                        : service)
                        .toList());
    }

    /** Known here also while Kafka, and with it its own word, is away. */
    private List<FollowerSummary> ownFollowers() {
        return life.followers().words().stream()
                .map(word ->
                        new FollowerSummary(
                                word.name(),
                                FollowerState.valueOf(word.state().name()),
                                word.reason().isEmpty() ? null : word.reason(),
                                word.since()))
                .toList();
    }

    private static String service(@Nullable String wanted) {
        if (wanted == null || !SERVICES.contains(wanted)) {
            throw new ProblemException(
                    ProblemKind.BAD_PARAMETER,
                    "service is '%s'; allowed: %s".formatted(wanted, String.join(", ", SERVICES)),
                    "service",
                    wanted,
                    SERVICES);
        }
        return wanted;
    }
}
