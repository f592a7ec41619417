package kontor.launcher.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import kontor.launcher.plan.JournalPlace;

/**
 * What follows from changed source files. Pure.
 *
 * @param services modules to be built and reloaded, as the services call themselves; the
 *     orchestrator last, so that those who read its log are ready for what it may say
 * @param adapters whether the adapters would be others too; they are never restarted in a game
 */
record Affected(List<String> services, boolean adapters) {

    static final Affected NOTHING = new Affected(List.of(), false);

    static final String SCHEMAS = "schemas";

    /** A module that the orchestrator's process hosts, unless it is a process of its own. */
    private static final String JOURNAL = "journal";

    private static final String ADAPTER = "adapter-service";
    private static final String ORCHESTRATOR = "orchestrator-service";
    private static final List<String> SERVICES =
            List.of("analysis-service", "ui-gateway", JOURNAL, ORCHESTRATOR);

    /** Back-ups, locks and half-written files: of vi, Emacs, Kate, IntelliJ and others. */
    private static final Pattern LEFT_BY_EDITORS =
            Pattern.compile("\\..*|#.*#|4913|.*(~|\\.sw[a-z]|\\.tmp|\\.bak|\\.orig|\\.rej|___)");

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
     * @param changed files, relative to the top of the working copy
     * @param journal where the running stack keeps it
     */
    static Affected by(Collection<Path> changed, JournalPlace journal) {
        Set<String> touched = new TreeSet<>();
        changed.stream()
                .filter(path -> path.getNameCount() > 1 && counts(path))
                .forEach(path -> touched.add(path.getName(0).toString()));
        boolean hosted = journal == JournalPlace.HOSTED;
        if (hosted && touched.remove(JOURNAL)) {
            touched.add(ORCHESTRATOR);
        }
        boolean all = touched.contains(SCHEMAS);
        return new Affected(
                only(service ->
                        touched.contains(service) || (all && !(hosted && service.equals(JOURNAL)))),
                all || touched.contains(ADAPTER));
    }

    private static boolean counts(Path path) {
        return !LEFT_BY_EDITORS.matcher(String.valueOf(path.getFileName())).matches();
    }

    /** What follows from both. */
    Affected and(Affected more) {
        return new Affected(
                only(service -> services.contains(service) || more.services.contains(service)),
                adapters || more.adapters);
    }

    /** What is left once a service has been reloaded. */
    Affected without(String reloaded) {
        return new Affected(
                only(service -> services.contains(service) && !service.equals(reloaded)), adapters);
    }

    private static List<String> only(Predicate<String> wanted) {
        return SERVICES.stream().filter(wanted).toList();
    }
}
