package kontor.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import kontor.lab.LabFileException;
import kontor.launcher.gateway.ContinuityAnswer;
import kontor.launcher.gateway.GatewayClient;
import kontor.players.report.Table;
import kontor.vocabulary.SessionId;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that nothing of a session was lost, doubled or reordered, or shows where. */
@Command(
        name = "verify",
        description = {
            "Verifies that nothing of a session was lost, duplicated or reordered, from the"
                    + " adapters' own counters through the topics to the rows, or shows each place"
                    + " where it was.",
            "Needs a running stack. Exit status 0 only if the session is clean; a lossy one"
                    + " (everything holds, but UDP buffers overflowed) is not."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VerifyCommand implements Callable<Integer> {

    /** How long a verdict may be that something is still on its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ArgGroup(multiplicity = "1")
    private SessionChoice choice = new SessionChoice();

    @Option(
            names = "--deep",
            description =
                    "Read the topics again and compare them with the rows, record for record.")
    private boolean deep;

    @Option(names = "--fresh", description = "Compute the verdict again, even if one is stored.")
    private boolean fresh;

    @Option(names = "--json", description = "Print the gateway's answer as JSON.")
    private boolean json;

    @Mixin private DataOption data = new DataOption();

    @Mixin private TokenOption token = new TokenOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws IOException, InterruptedException, LabFileException {
        return choice.inRunningStack(data, token, console, this::verify);
    }

    private int verify(GatewayClient gateway, SessionId session)
            throws IOException, InterruptedException {
        ContinuityAnswer answer =
                gateway.continuity(
                        session,
                        new GatewayClient.Question(deep, fresh),
                        PATIENCE,
                        this::onProgress);
        console.clear();
        if (json) {
            console.line(answer.json());
        } else {
            print(session, answer);
        }
        return answer.clean() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private void onProgress(String how) {
        if (!json) {
            console.transientLine("  " + how);
        }
    }

    private void print(SessionId session, ContinuityAnswer answer) {
        List<List<String>> checks =
                answer.checks().entrySet().stream()
                        .map(check ->
                                List.of(
                                        check.getKey(),
                                        check.getValue() == 0 ? "holds" : "does not hold",
                                        check.getValue().toString()))
                        .toList();
        console.line(
                new Table("Session " + session, List.of("check", "verdict", "faults"), checks)
                        .toText());
        if (!answer.faults().isEmpty()) {
            List<List<String>> faults =
                    answer.faults().stream()
                            .map(fault ->
                                    List.of(
                                            fault.check(),
                                            Long.toString(fault.sequence()),
                                            fault.detail()))
                            .toList();
            console.line(
                    new Table("Faults", List.of("check", "sequence", "what"), faults).toText());
        }
        answer.waitingFor().forEach(what -> console.line("  pending: " + what));
        answer.unconfirmed().forEach(what -> console.line("  " + what));
        answer.losses().forEach(what -> console.line("  " + what));
        String summary = answer.summary();
        console.line(answer.clean() ? console.good(summary) : console.bad(summary));
    }
}
