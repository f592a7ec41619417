package kontor.launcher.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a stack runs: facts that the planner needs and does not look up itself.
 *
 * @param java the program
 * @param javaVersion of that build of it
 * @param processors of this machine
 * @param command the jar of the command itself, which the broker's program is in
 * @param libraries the broker's, in the order of its class path
 * @param bootJars by name of module
 * @param databaseJar holds PostgreSQL's programs
 * @param cache where unpacked programs are kept; may be removed at any time while nothing runs
 * @param data the data directory
 * @param asRoot whether this is root, as whom PostgreSQL refuses to run
 * @param journal where it is kept
 * @param adapters where they run
 * @param entrance where the gateway is reached, and by whom
 * @param networks those of games that are in network namespaces; empty if they are not
 * @param guests where adapters on other computers find the broker; empty: nowhere
 * @param javaOptions added to every JVM
 * @param aotCaches what JVMs do with their caches
 */
public record Surroundings(
        Path java,
        String javaVersion,
        int processors,
        BootJar command,
        List<Path> libraries,
        Map<String, BootJar> bootJars,
        Path databaseJar,
        Path cache,
        Path data,
        boolean asRoot,
        JournalPlace journal,
        AdaptersPlace adapters,
        Entrance entrance,
        Optional<GameNetworks> networks,
        Optional<Guests> guests,
        List<String> javaOptions,
        AotCache.Use aotCaches) {

    private static final int FEW_PROCESSORS = 2;

    public Surroundings {
        libraries = List.copyOf(libraries);
        bootJars = Map.copyOf(bootJars);
        javaOptions = List.copyOf(javaOptions);
    }

    /**
     * Returns whether so many processors are few for a stack, which is then arranged to share them.
     */
    static boolean areFew(int processors) {
        return processors <= FEW_PROCESSORS;
    }

    /** Returns whether this machine has few processors. */
    boolean hasFewProcessors() {
        return areFew(processors);
    }

    /**
     * The boot jar of a module.
     *
     * @throws IllegalArgumentException if there is none
     */
    BootJar bootJar(String module) {
        BootJar jar = bootJars.get(module);
        if (jar == null) {
            throw new IllegalArgumentException("no boot jar of " + module);
        }
        return jar;
    }
}
