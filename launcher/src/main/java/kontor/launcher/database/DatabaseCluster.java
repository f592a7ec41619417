package kontor.launcher.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kontor.launcher.process.DirectorySwap;
import kontor.launcher.process.PreparationException;
import kontor.launcher.process.ToolRun;

/** An empty database cluster. */
public final class DatabaseCluster {

    static final String SUPERUSER = "postgres";

    /** No password, but only from this machine's own loopback address. */
    private static final String ACCESS = "host all all 127.0.0.1/32 trust\n";

    private DatabaseCluster() {}

    /** Does nothing where there is one. */
    public static void initialise(Path programs, Path cluster, boolean asRoot, Path log)
            throws IOException, InterruptedException, PreparationException {
        DirectorySwap.make(
                cluster,
                directory -> {
                    ToolRun.run(initdb(programs, directory, asRoot), log);
                    Files.writeString(directory.resolve("pg_hba.conf"), ACCESS);
                });
    }

    private static List<String> initdb(Path programs, Path cluster, boolean asRoot) {
        List<String> command = new ArrayList<>();
        if (asRoot) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(
                List.of(
                        programs.resolve("bin/initdb").toString(),
                        "--pgdata=" + cluster,
                        "--username=" + SUPERUSER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
        return command;
    }
}
