package kontor.launcher.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kontor.lab.LabFileException;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.parquet.ParquetFile;
import kontor.vocabulary.SessionId;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a session as a file that other programs read. */
@Command(
        name = "export",
        description = {
            "Writes a session as a file that other programs read: pcapng for Wireshark, its"
                    + " messages as lines of JSON or as Parquet.",
            "With --live it goes on until the session ends: kontor export --last --live |"
                    + " wireshark -k -i -"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    private static final String PARQUET = "parquet";

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
            description =
                    "pcapng, which is the default; jsonl: the messages, one a line; parquet: the"
                            + " messages for DuckDB, Spark and others, into a file.")
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
        if (format.equals(PARQUET) && (output.equals("-") || live)) {
            throw new IllegalArgumentException(
                    "--format parquet needs --output FILE, and cannot be --live");
        }
        return choice.inRunningStack(data, token, console, this::export);
    }

    private int export(GatewayClient gateway, SessionId session)
            throws IOException, InterruptedException {
        if (format.equals(PARQUET)) {
            parquet(gateway, session, Path.of(output));
            return ExitStatus.OK;
        }
        try (OutputStream file = open()) {
            gateway.export(session, format, filter, live, file);
        }
        return ExitStatus.OK;
    }

    /** By way of a file of lines beside it: DuckDB reads files. */
    private void parquet(GatewayClient gateway, SessionId session, Path file)
            throws IOException, InterruptedException {
        Path lines = Files.createTempFile(file.toAbsolutePath().getParent(), ".kontor-", ".jsonl");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(lines))) {
                gateway.export(session, "jsonl", filter, false, out);
            }
            ParquetFile.write(lines, file);
        } finally {
            Files.delete(lines);
        }
    }

    private OutputStream open() throws IOException {
        return output.equals("-")
                ? new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))
                : Files.newOutputStream(Path.of(output));
    }
}
