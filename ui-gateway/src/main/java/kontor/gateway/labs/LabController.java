package kontor.gateway.labs;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.instances.InstanceList;
import kontor.gateway.instances.InstanceSummary;
import kontor.gateway.sessions.SessionArchive;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Labs and their instances. */
@RestController
@RequestMapping("/api")
@Tag(name = "labs")
class LabController {

    private final SessionArchive archive;
    private final InstanceBoard board;
    private final Clock clock;

    LabController(SessionArchive archive, InstanceBoard board, Clock clock) {
        this.archive = archive;
        this.board = board;
        this.clock = clock;
    }

    @GetMapping("/labs")
    @Operation(summary = "Labs that were ever heard of, by name")
    LabList labs() {
        Map<String, TreeSet<String>> instances = new TreeMap<>();
        archive.labs().forEach(lab -> instances.put(lab, new TreeSet<>()));
        for (InstanceSummary instance : allInstances()) {
            instances.computeIfAbsent(instance.lab(), lab -> new TreeSet<>()).add(instance.name());
        }
        Map<String, UUID> running = new HashMap<>();
        // The one that began last, should the journal not have heard of the other's end yet.
        archive.runningSessions().forEach(session -> running.put(session.lab(), session.id()));
        return new LabList(
                instances.entrySet().stream()
                        .map(lab ->
                                new LabSummary(
                                        lab.getKey(),
                                        List.copyOf(lab.getValue()),
                                        running.get(lab.getKey())))
                        .toList());
    }

    @GetMapping("/instances")
    @Operation(
            summary = "Instances that were ever heard of, by lab and name",
            description = "What adapters say about themselves once a second, by their newest run.")
    InstanceList instances() {
        return new InstanceList(allInstances(), board.addressWarnings());
    }

    private List<InstanceSummary> allInstances() {
        return board.instances(archive.newestRuns(), clock.instant());
    }
}
