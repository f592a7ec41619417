package kontor.orchestrator.reload;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A service that can be reloaded. Adapters cannot be: games are connected to them. */
public enum Service {
    ORCHESTRATOR("orchestrator-service"),
    ANALYSIS("analysis-service"),
    GATEWAY("ui-gateway"),

    /**
     * Where it is a process of its own; else it is reloaded with the orchestrator that hosts it.
     */
    JOURNAL("journal");

    private final String word;

    Service(String word) {
        this.word = word;
    }

    /** As requests and records name it. */
    public String word() {
        return word;
    }

    /** The service of this name. */
    public static Optional<Service> of(String word) {
        return Arrays.stream(values()).filter(service -> service.word.equals(word)).findAny();
    }

    static String allWords() {
        return Arrays.stream(values()).map(Service::word).collect(Collectors.joining(", "));
    }
}
