package kontor.local.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What follows from changed source files. Pure.
 *
 * @param services modules to be built and reloaded, as the services call themselves; the
 *     orchestrator last, so that those who read its log are ready for what it may say
 * @param adapters whether the adapters would be others too; they are never restarted in a game
 */
record Affected(List<String> services, boolean adapters) {

    static final String SCHEMAS = "schemas";

    private static final String ADAPTER = "adapter-service";
    private static final List<String> SERVICES =
            List.of("analysis-service", "ui-gateway", "orchestrator-service");

    private static final List<String> LEFT_BY_EDITORS = List.of("~", ".swp", ".swx", ".tmp");

    Affected {
        services = List.copyOf(services);
    }

    /** The modules whose sources are watched. */
    static List<String> watched() {
        List<String> modules = new ArrayList<>(SERVICES);
        modules.add(SCHEMAS);
        modules.add(ADAPTER);
        return modules;
    }

    /**
     * @param changed relative to the top of the working copy
     */
    static Affected by(Collection<Path> changed) {
        Set<String> touched = new TreeSet<>();
        changed.stream()
                .filter(path -> path.getNameCount() > 1 && counts(path.toString()))
                .forEach(path -> touched.add(path.getName(0).toString()));
        boolean all = touched.contains(SCHEMAS);
        List<String> services =
                SERVICES.stream().filter(service -> all || touched.contains(service)).toList();
        return new Affected(services, all || touched.contains(ADAPTER));
    }

    private static boolean counts(String path) {
        return LEFT_BY_EDITORS.stream().noneMatch(path::endsWith);
    }

    boolean nothing() {
        return services.isEmpty() && !adapters;
    }
}
