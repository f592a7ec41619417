package kontor.launcher.cli;

import java.util.concurrent.Callable;
import kontor.players.report.Progress;
import kontor.players.report.Report;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A measurement on the running stack, or on one that is started for it and stopped with it. */
abstract class Bench implements Callable<Integer> {

    @Option(names = "--size", paramLabel = "BYTES", description = "Packet size. Default: 200.")
    private int size = 200;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin private StackOptions options = new StackOptions();

    private final Console console = Console.system();

    @Override
    public final Integer call() throws Exception {
        try (BorrowedStack stack =
                BorrowedStack.runningOrOwn(json ? Console.errors() : console, options)) {
            return Reports.finish(console, measure(stack, new BenchProgress(console)), json);
        }
    }

    /** Blocks until it has measured. */
    abstract Report measure(BorrowedStack stack, Progress progress) throws Exception;

    /** Of a packet, in bytes. */
    final int size() {
        return size;
    }

    final StackOptions options() {
        return options;
    }
}
