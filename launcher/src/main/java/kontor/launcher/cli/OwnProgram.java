package kontor.launcher.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.launcher.Kontor;
import kontor.launcher.process.OwnSession;

/** This very program again, as a process of its own. */
final class OwnProgram {

    private static final int LOWEST_PRIORITY = 19;

    private OwnProgram() {}

    /** In a session of its own, so that no terminal takes it along. */
    static List<String> inItsOwnSession(List<String> arguments) {
        List<String> command = new ArrayList<>(OwnSession.words());
        command.addAll(java(arguments));
        return command;
    }

    /** The same, running only where nobody else has use for a processor. */
    static List<String> idle(List<String> arguments) {
        String lowest = Integer.toString(LOWEST_PRIORITY);
        List<String> command = new ArrayList<>(OwnSession.words(LOWEST_PRIORITY));
        command.addAll(OwnSession.program("nice", "-n", lowest));
        command.addAll(OwnSession.program("chrt", "-i", "0"));
        command.addAll(java(arguments));
        return command;
    }

    private static List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED"));
        for (String property : List.of("kontor.home", "log4j2.configurationFile")) {
            Optional.ofNullable(System.getProperty(property))
                    .ifPresent(value -> command.add("-D" + property + "=" + value));
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Kontor.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
