package kontor.launcher.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import kontor.launcher.stack.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a process has written. */
@Command(
        name = "logs",
        description = "Shows the log of a process, or lists all logs.",
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 200;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of a process, as in kontor status.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "Number of lines from the end. Default: 100.")
    private int lines = 100;

    @Option(
            names = {"-f", "--follow"},
            description = "Follow the log; Ctrl-C stops.")
    private boolean follow;

    @Mixin private DataOption data = new DataOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = data.directory();
        List<String> names = directory.logs();
        if (name == null) {
            list(directory, names);
            return ExitStatus.OK;
        }
        if (!names.contains(name)) {
            console.error(
                    "kontor: no log named '%s'; available: %s"
                            .formatted(name, names.isEmpty() ? "none" : String.join(", ", names)));
            return ExitStatus.USAGE;
        }
        Path log = directory.log(name);
        long end = tail(log);
        if (follow) {
            follow(log, end);
        }
        return ExitStatus.OK;
    }

    private void list(DataDirectory directory, List<String> names) throws IOException {
        if (names.isEmpty()) {
            console.line("No logs in " + directory.path());
            return;
        }
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String each : names) {
            Path log = directory.log(each);
            console.line(
                    ("  %-" + width + "s  %9s  %s")
                            .formatted(
                                    each,
                                    "%d KB".formatted((Files.size(log) + 1023) / 1024),
                                    console.dim(log.toString())));
        }
    }

    /** Prints the last lines; returns up to where. */
    private long tail(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        all.subList(Math.max(0, all.size() - lines), all.size()).forEach(console::line);
        return bytes.length;
    }

    private static void follow(Path log, long from) throws IOException, InterruptedException {
        long position = from;
        while (true) {
            long size = Files.size(log);
            if (size < position) {
                // A new start has begun a new file.
                position = 0;
            }
            if (size > position) {
                position += copy(log, position, size - position);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static int copy(Path log, long from, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) Math.min(length, 1 << 20)];
            file.readFully(bytes);
            System.out.write(bytes, 0, bytes.length);
            System.out.flush();
            return bytes.length;
        }
    }
}
