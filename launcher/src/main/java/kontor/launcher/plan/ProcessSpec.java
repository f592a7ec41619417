package kontor.launcher.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One process to start.
 *
 * @param name unique in the plan, except for what stands beside another
 * @param log the name of its log
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
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        after = List.copyOf(after);
        ports = List.copyOf(ports);
        preparations = List.copyOf(preparations);
    }

    /** The port that it is known by. */
    public Optional<Integer> port() {
        return ports.stream().findFirst().map(PortClaim::port);
    }

    ProcessSpec withoutCache() {
        return new ProcessSpec(
                name,
                log,
                role,
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
