package kontor.launcher.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One process to start.
 *
 * @param name unique in the plan, except for what stands beside another
 * @param log the name of its log
 * @param within what is put before the command so that it runs in a network namespace of its own;
 *     empty if it does not
 * @param command program and arguments
 * @param environment added to that of the launcher
 * @param after names of processes that must be ready before
 * @param ports what it listens on; its own first
 * @param preparations in this order, each time before it is started
 * @param startAttempts how often a process that ends before it was ready is started, 1 or more
 * @param aotCache of a JVM, whose program is the first word of the command; else null
 */
public record ProcessSpec(
        String name,
        String log,
        Role role,
        List<String> within,
        List<String> command,
        Map<String, String> environment,
        List<String> after,
        List<PortClaim> ports,
        Readiness readiness,
        List<Preparation> preparations,
        StopSignal stopSignal,
        int startAttempts,
        @Nullable AotCache aotCache) {

    public ProcessSpec {
        within = List.copyOf(within);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        after = List.copyOf(after);
        ports = List.copyOf(ports);
        preparations = List.copyOf(preparations);
    }

    /** One that runs where the launcher does. */
    public ProcessSpec(
            String name,
            String log,
            Role role,
            List<String> command,
            Map<String, String> environment,
            List<String> after,
            List<PortClaim> ports,
            Readiness readiness,
            List<Preparation> preparations,
            StopSignal stopSignal,
            int startAttempts,
            @Nullable AotCache aotCache) {
        this(
                name,
                log,
                role,
                List.of(),
                command,
                environment,
                after,
                ports,
                readiness,
                preparations,
                stopSignal,
                startAttempts,
                aotCache);
    }

    /** The port that it is known by. */
    public Optional<Integer> port() {
        return ports.stream().findFirst().map(PortClaim::port);
    }

    /**
     * The same in a network namespace.
     *
     * @param more added to the environment
     */
    ProcessSpec apart(List<String> words, Map<String, String> more, Readiness there) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new ProcessSpec(
                name,
                log,
                role,
                words,
                command,
                all,
                after,
                ports,
                there,
                preparations,
                stopSignal,
                startAttempts,
                aotCache);
    }

    ProcessSpec withoutCache() {
        return new ProcessSpec(
                name,
                log,
                role,
                within,
                command,
                environment,
                after,
                ports,
                readiness,
                preparations,
                stopSignal,
                startAttempts,
                null);
    }

    ProcessSpec startedAfter(List<String> others) {
        return new ProcessSpec(
                name,
                log,
                role,
                within,
                command,
                environment,
                others,
                ports,
                readiness,
                preparations,
                stopSignal,
                startAttempts,
                aotCache);
    }
}
