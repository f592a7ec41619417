package kontor.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.StackState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Looks at each process of a stack. */
@Command(
        name = "status",
        description = {
            "Shows each process: name, process id, port, health, uptime, memory.",
            "Exit status 0 only if all are ready and no log reader is waiting or halted."
        },
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Mixin private TokenOption token = new TokenOption();

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    private final Console console = Console.system();

    /**
     * What {@code --json} prints.
     *
     * @param notes what a person should know of the lab's networks, a line each
     */
    record Report(
            boolean running,
            boolean supervised,
            @Nullable String lab,
            @Nullable String page,
            @Nullable String kafkaServers,
            @Nullable String postgresUrl,
            String dataDirectory,
            List<Health> processes,
            List<String> notes) {

        boolean allReady() {
            return supervised && !processes.isEmpty() && processes.stream().allMatch(Health::well);
        }
    }

    @Override
    public Integer call() throws Exception {
        Report report = look(data.directory());
        if (json) {
            console.line(
                    JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(report));
        } else {
            show(report);
        }
        return report.allReady() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private Report look(DataDirectory directory)
            throws IOException, InterruptedException, ExecutionException {
        Optional<StackState> found = directory.readState();
        boolean supervised = found.filter(StackState::supervised).isPresent();
        if (found.isEmpty() || (!supervised && found.get().living().isEmpty())) {
            return new Report(
                    false,
                    false,
                    null,
                    null,
                    null,
                    null,
                    directory.path().toString(),
                    List.of(),
                    List.of());
        }
        StackState state = found.get();
        List<Health> processes = health(state);
        return new Report(
                true,
                supervised,
                state.lab(),
                state.page(),
                state.kafkaServers(),
                state.postgresUrl(),
                directory.path().toString(),
                processes,
                notes(state, processes));
    }

    private List<String> notes(StackState state, List<Health> processes)
            throws InterruptedException {
        List<String> notes = new ArrayList<>(NetworkNotes.of(state));
        boolean gatewayReady =
                processes.stream()
                        .anyMatch(row -> row.ready() && row.name().equals(StackPlanner.GATEWAY));
        if (!gatewayReady) {
            notes.add(
                    "Packets from unknown addresses and lost datagrams: unknown, as the gateway is"
                            + " not ready");
            return notes;
        }
        try (GatewayClient gateway = token.gatewayOf(state)) {
            notes.addAll(NetworkNotes.of(gateway.strangers(state.lab())));
            notes.addAll(NetworkNotes.ofLosses(gateway.losses(state.lab())));
        } catch (IOException e) {
            notes.add(
                    "Packets from unknown addresses and lost datagrams: unknown: "
                            + e.getMessage());
        }
        return notes;
    }

    private static List<Health> health(StackState state)
            throws InterruptedException, ExecutionException {
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Health>> answers = new ArrayList<>();
            for (StackState.Entry entry : state.processes()) {
                answers.add(askers.submit(() -> Health.of(entry)));
            }
            List<Health> healths = new ArrayList<>();
            for (Future<Health> answer : answers) {
                healths.add(answer.get());
            }
            return healths;
        }
    }

    private void show(Report report) {
        if (!report.running()) {
            console.line("Nothing is running in " + report.dataDirectory());
            return;
        }
        console.line(
                "%s  lab %s  %s"
                        .formatted(
                                console.bold("Kontor"),
                                report.lab(),
                                console.bold(String.valueOf(report.page()))));
        console.line(console.dim("        data in " + report.dataDirectory()));
        console.line("");
        int width =
                report.processes().stream().mapToInt(row -> row.name().length()).max().orElse(4);
        String form = "  %-" + width + "s  %8s  %5s  %11s  %8s  %s";
        console.line(
                console.dim(form.formatted("NAME", "PID", "PORT", "UPTIME", "MEMORY", "HEALTH")));
        for (Health row : report.processes()) {
            console.line(
                    form.formatted(
                            row.name(),
                            row.pid() == null ? "-" : row.pid().toString(),
                            row.port(),
                            row.pid() == null
                                    ? "-"
                                    : Durations.rough(Duration.ofSeconds(row.uptimeSeconds())),
                            row.pid() == null ? "-" : Durations.megabytes(row.memoryBytes()),
                            row.ready() ? console.good(row.health()) : console.bad(row.health())));
            row.standingStill()
                    .forEach(what -> console.line(console.bad("    not progressing: " + what)));
        }
        if (!report.notes().isEmpty()) {
            console.line("");
            report.notes().forEach(console::line);
        }
        if (!report.supervised()) {
            console.line("");
            console.line(
                    console.bad(
                            "The supervisor is gone; run ./kontor down to stop what it left"
                                    + " running."));
        }
    }
}
