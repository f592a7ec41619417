package kontor.launcher.guests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import kontor.launcher.plan.GuestFiles;
import kontor.launcher.plan.Guests;
import kontor.launcher.process.PreparationException;
import kontor.launcher.process.ToolRun;

/** The broker's key, and the self-signed certificate by which guests know it. */
public final class GuestCertificate {

    private static final String VALID_DAYS = "3650";

    private GuestCertificate() {}

    /**
     * Makes both with the JDK's own keytool, unless they are there: an address keeps its key, so
     * that invitations stay valid. Only their owner can read the directory.
     */
    public static void makeIfMissing(Path keytool, Path directory, Guests guests, Path log)
            throws IOException, InterruptedException, PreparationException {
        Path key = GuestFiles.key(directory, guests);
        Path certificate = GuestFiles.certificate(directory, guests);
        if (Files.exists(certificate)) {
            return;
        }
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        // What an interrupted start left would be in keytool's way.
        Files.deleteIfExists(key);
        ToolRun.run(
                List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        VALID_DAYS,
                        "-dname",
                        "CN=kontor broker",
                        "-ext",
                        "san=ip:" + guests.address().getHostAddress(),
                        "-storetype",
                        GuestFiles.STORE_TYPE,
                        "-keystore",
                        key.toString(),
                        "-storepass",
                        GuestFiles.STORE_PASSWORD),
                log);
        Path unfinished = certificate.resolveSibling(certificate.getFileName() + ".next");
        ToolRun.run(
                List.of(
                        keytool.toString(),
                        "-exportcert",
                        "-rfc",
                        "-alias",
                        "broker",
                        "-keystore",
                        key.toString(),
                        "-storepass",
                        GuestFiles.STORE_PASSWORD,
                        "-file",
                        unfinished.toString()),
                log);
        Files.move(unfinished, certificate);
    }
}
