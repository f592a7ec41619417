package kontor.launcher.plan;

import static java.util.Objects.requireNonNull;
import static kontor.launcher.plan.StackPlanner.DATABASE_NAME;
import static kontor.launcher.plan.StackPlanner.GATEWAY;
import static kontor.launcher.plan.StackPlanner.LOOPBACK;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes that run the boot jars of a build, each from a layout that belongs to the build.
 */
final class SpringPlan {

    private final Path labFile;
    private final Ports ports;
    private final Surroundings surroundings;
    private final JavaStart java;

    SpringPlan(Path labFile, Ports ports, Surroundings surroundings) {
        this.labFile = labFile;
        this.ports = ports;
        this.surroundings = surroundings;
        this.java = new JavaStart(surroundings);
    }

    /**
     * One of them.
     *
     * @param place the name of its log, and of its directory for data
     * @param environment added to what all have
     * @param claims its own port first
     * @param writesCache false for the second of two processes that would write the same one
     */
    ProcessSpec of(
            String name,
            String place,
            Role role,
            String module,
            int heapMegabytes,
            Map<String, String> environment,
            List<String> after,
            List<PortClaim> claims,
            boolean writesCache) {
        BootJar jar = surroundings.bootJar(module);
        // Of its own for each build: whatever still runs from an older one is not disturbed.
        Path layout = surroundings.cache().resolve(module + "-" + jar.fingerprint());
        int port = claims.getFirst().port();
        List<String> command = java.command(heapMegabytes, role);
        command.addAll(
                List.of(
                        "-jar",
                        layout.resolve(requireNonNull(jar.path().getFileName())).toString()));
        Map<String, String> all = new LinkedHashMap<>(common(place, port));
        all.putAll(environment);
        return new ProcessSpec(
                name,
                place,
                role,
                command,
                all,
                after,
                claims,
                new Readiness.Http(readiness(name, port)),
                List.of(new Preparation.ExtractBootJar(module, jar.path(), layout)),
                StopSignal.TERM,
                1,
                java.cache(command, role, layout, writesCache));
    }

    private URI readiness(String name, int port) {
        URI root =
                name.equals(GATEWAY)
                        ? surroundings.entrance().page(port)
                        : URI.create(StackPlanner.address(port));
        return root.resolve("readyz");
    }

    private Map<String, String> common(String place, int port) {
        return Map.ofEntries(
                Map.entry("KONTOR_KAFKA_SERVERS", StackPlanner.kafkaServers(ports)),
                Map.entry("KONTOR_POSTGRES_URL", StackPlanner.jdbcUrl(ports)),
                Map.entry("KONTOR_POSTGRES_USER", DATABASE_NAME),
                Map.entry("KONTOR_POSTGRES_PASSWORD", ""),
                Map.entry("KONTOR_HTTP_ADDRESS", LOOPBACK.getHostAddress()),
                Map.entry("KONTOR_HTTP_PORT", Integer.toString(port)),
                Map.entry("KONTOR_LAB_FILE", labFile.toString()),
                Map.entry("KONTOR_DATA_DIR", surroundings.data().resolve(place).toString()));
    }
}
