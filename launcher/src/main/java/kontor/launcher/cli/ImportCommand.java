package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import kontor.lab.LabFileException;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.ImportAnswer;
import kontor.players.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes sessions of captures. */
@Command(
        name = "import",
        description = {
            "Makes a session of each capture (pcapng or pcap), in a lab of its own, and accounts"
                    + " for every frame.",
            "Exit status: 0 if every capture is a session now and lacks nothing that it shows; 1 if"
                    + " one was refused; 2 if all are sessions and one lacks something."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Capture files.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--map",
            paramLabel = "ADDRESS=INSTANCE",
            description = "Names of machines; others are called host-...")
    private Map<String, String> map = new LinkedHashMap<>();

    @Mixin private DataOption data = new DataOption();

    @Mixin private TokenOption token = new TokenOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws IOException, InterruptedException, LabFileException {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("FILE: no such file: " + file);
            }
        }
        Optional<BorrowedStack> running = data.runningStack(console);
        if (running.isEmpty()) {
            return ExitStatus.FAILED;
        }
        int status = ExitStatus.OK;
        try (BorrowedStack stack = running.get();
                GatewayClient gateway = token.gatewayOf(stack.now())) {
            for (Path file : files) {
                status = worse(status, importOne(stack, gateway, file));
            }
        }
        return status;
    }

    private int importOne(BorrowedStack stack, GatewayClient gateway, Path file)
            throws InterruptedException {
        String names =
                map.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(","));
        ImportAnswer answer;
        try {
            answer =
                    gateway.importCapture(
                            file,
                            names,
                            text -> console.transientLine("%s: %s".formatted(file, text)));
        } catch (IOException e) {
            console.error("kontor: %s was not imported: %s".formatted(file, e.getMessage()));
            return ExitStatus.FAILED;
        }
        console.line("");
        console.line(table(file, answer).toText().stripTrailing());
        answer.remarks().forEach(remark -> console.line("  " + remark));
        console.line(
                answer.complete()
                        ? console.good("nothing is missing of what the capture shows")
                        : console.bad("the capture lacks something: see the incomplete rows"));
        console.line("The session: %s?session=%s".formatted(stack.page(), answer.session()));
        return answer.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
    }

    private static Table table(Path file, ImportAnswer answer) {
        List<List<String>> cells = new ArrayList<>();
        for (ImportAnswer.Row row : answer.rows()) {
            cells.add(
                    List.of(
                            row.fate(),
                            Integer.toString(row.frames()),
                            Long.toString(row.bytes()),
                            row.firstFrame() == 0 ? "" : Integer.toString(row.firstFrame()),
                            row.what()));
        }
        cells.add(List.of("all", Integer.toString(answer.frames()), "", "", ""));
        return new Table(
                "%s: %d events, instances %s"
                        .formatted(
                                file.getFileName(),
                                answer.events(),
                                String.join(", ", answer.instances())),
                List.of("fate", "frames", "bytes", "first", "what"),
                cells);
    }

    /** Something refused outweighs what a capture lacks. */
    static int worse(int one, int other) {
        return one == ExitStatus.FAILED || other == ExitStatus.FAILED
                ? ExitStatus.FAILED
                : Math.max(one, other);
    }
}
