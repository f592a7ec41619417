package kontor.launcher.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the command can do; without a subcommand it says so. */
@Command(
        name = "kontor",
        description = "A laboratory for the netcode of LAN games, while they are being played.",
        mixinStandardHelpOptions = true,
        versionProvider = KontorCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Run kontor COMMAND --help for the options of a command."},
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            PlayCommand.class,
            RecordCommand.class,
            VideoCommand.class,
            InviteCommand.class,
            SnapshotCommand.class,
            DemoCommand.class,
            ReplayCommand.class,
            BenchCommand.class,
            ReloadCommand.class,
            TrainCommand.class,
            ChaosCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            HelpCommand.class
        })
public final class KontorCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    private KontorCommand() {}

    /** Runs what the arguments ask for and returns the exit status. */
    public static int execute(String... arguments) {
        Console console = Console.system();
        return new CommandLine(new KontorCommand())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                console.terminal() && System.getenv("NO_COLOR") == null
                                        ? CommandLine.Help.Ansi.ON
                                        : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler(
                        (failure, commandLine, parsed) -> Failures.report(console, failure))
                .execute(arguments);
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
        return ExitStatus.OK;
    }

    /** From the jar; a build that is not packaged has none. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"kontor " + number(), "Java " + Runtime.version()};
        }

        static String number() {
            @Nullable String version = KontorCommand.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }
    }
}
