package kontor.launcher.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import kontor.launcher.ports.BusyPort;

/** Why a stack was not started. Nothing was. */
public sealed interface Refusal {

    /** For a person; several lines maybe. */
    String message();

    /** The lab file is not there or has mistakes. */
    record BadLab(String message) implements Refusal {}

    /** Settings that contradict each other or name something that does not exist. */
    record BadSettings(String message) implements Refusal {}

    /** Network namespaces cannot be made, or are there already. */
    record NoNetworks(String message) implements Refusal {}

    /** Modules that have to be built before. */
    record NotBuilt(List<String> modules) implements Refusal {

        public NotBuilt {
            modules = List.copyOf(modules);
        }

        @Override
        public String message() {
            return "not built yet: %s; run ./mvnw -DskipTests package"
                    .formatted(String.join(", ", modules));
        }
    }

    /** The data directory is in use. */
    record AlreadyRunning(Path data, String who) implements Refusal {

        @Override
        public String message() {
            return """
            a stack is running in %s already (%s).
            Look at it with ./kontor status, end it with ./kontor down, or use another --data.\
            """
                    .formatted(data, who);
        }
    }

    /**
     * The data directory, or something in it, cannot be written.
     *
     * @param path what could not be made or opened: the directory or something in it
     */
    record DataNotWritable(Path data, Path path, String reason) implements Refusal {

        @Override
        public String message() {
            return "the data directory %s cannot be used: %s%s; --data DIR (or KONTOR_DATA) chooses another"
                    .formatted(data, path.equals(data) ? "" : path + ": ", reason);
        }
    }

    /** Processes whose supervisor was killed. */
    record LeftOver(Path data, List<String> processes) implements Refusal {

        public LeftOver {
            processes = List.copyOf(processes);
        }

        @Override
        public String message() {
            return """
            the supervisor of an earlier stack in %s is gone, but its processes are not: %s.
            End them with ./kontor down.\
            """
                    .formatted(data, String.join(", ", processes));
        }
    }

    /** Somebody else listens where our processes would. */
    record PortsBusy(List<BusyPort> ports) implements Refusal {

        /** Of a range the first few tell enough. */
        private static final int MOST_LINES = 12;

        public PortsBusy {
            ports = List.copyOf(ports);
        }

        @Override
        public String message() {
            String lines =
                    ports.stream()
                            .limit(MOST_LINES)
                            .map(port -> "  " + port)
                            .collect(Collectors.joining("\n"));
            int more = ports.size() - MOST_LINES;
            return "ports are in use (--ports auto picks free ones for the services):\n"
                    + lines
                    + (more > 0 ? "\n  ... and %d more".formatted(more) : "");
        }
    }
}
