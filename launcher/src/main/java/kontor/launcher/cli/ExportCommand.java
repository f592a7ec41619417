package kontor.launcher.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import kontor.lab.LabFileException;
import kontor.launcher.gateway.GatewayClient;
import kontor.vocabulary.SessionId;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a session as a file that other programs read. */
@Command(
        name = "export",
        description = {
            "Writes a session as a file that other programs read: pcapng for Wireshark.",
            "With --live it goes on until the session ends: kontor export --last --live |"
                    + " wireshark -k -i -"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private SessionChoice choice = new SessionChoice();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write; standard output if left out, or -.")
    private String output = "-";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "pcapng",
            description = "pcapng, which is the default, or jsonl: the messages, one a line.")
    private String format = "pcapng";

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "Only what this finds, as in the page: 'instance == \"game1\"'.")
    private String filter = "";

    @Option(names = "--live", description = "Go on until the session ends.")
    private boolean live;

    @Mixin private DataOption data = new DataOption();

    @Mixin private TokenOption token = new TokenOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws IOException, InterruptedException, LabFileException {
        Optional<BorrowedStack> running = BorrowedStack.running(data.directory().path());
        if (running.isEmpty()) {
            console.error("kontor: nothing is running in " + data.directory().path());
            return ExitStatus.FAILED;
        }
        try (BorrowedStack stack = running.get();
                GatewayClient gateway = token.gatewayOf(stack.now())) {
            Optional<SessionId> session = choice.of(gateway);
            if (session.isEmpty()) {
                console.error("kontor: there is no session yet");
                return ExitStatus.FAILED;
            }
            try (OutputStream file = open()) {
                gateway.export(session.get(), format, filter, live, file);
            }
            return ExitStatus.OK;
        }
    }

    private OutputStream open() throws IOException {
        return output.equals("-")
                ? new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))
                : Files.newOutputStream(Path.of(output));
    }
}
