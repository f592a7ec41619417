package kontor.launcher.plan;

import static java.util.Objects.requireNonNull;
import static kontor.launcher.plan.StackPlanner.DATABASE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The process that is PostgreSQL. */
final class DatabasePlan {

    private DatabasePlan() {}

    static ProcessSpec of(Ports ports, Surroundings surroundings) {
        Path jar = surroundings.databaseJar();
        Path programs =
                surroundings
                        .cache()
                        .resolve(requireNonNull(jar.getFileName()).toString().replace(".jar", ""));
        Path cluster = surroundings.data().resolve(DATABASE);
        List<String> command = new ArrayList<>();
        if (surroundings.asRoot()) {
            // In a user namespace of its own root is nobody, and the files stay its own.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", cluster.toString()));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("port", Integer.toString(ports.postgres()));
        settings.put("listen_addresses", StackPlanner.LOOPBACK.getHostAddress());
        settings.put("unix_socket_directories", "");
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("max_connections", "100");
        settings.put("shared_buffers", "64MB");
        settings.put("max_wal_size", "512MB");
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new ProcessSpec(
                DATABASE,
                DATABASE,
                Role.DATABASE,
                command,
                Map.of(),
                List.of(),
                List.of(PortClaim.own(DATABASE, ports.postgres(), PortName.POSTGRES)),
                new Readiness.DatabaseWithUser(
                        ports.postgres(), StackPlanner.DATABASE_NAME, StackPlanner.DATABASE_NAME),
                List.of(
                        new Preparation.UnpackDatabase(jar, programs),
                        new Preparation.InitialiseDatabase(programs, cluster)),
                StopSignal.INT,
                // After a kill -9 the backends of its predecessor may live for another moment.
                5,
                null);
    }
}
