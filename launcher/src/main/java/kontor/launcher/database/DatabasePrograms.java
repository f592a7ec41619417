package kontor.launcher.database;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import kontor.launcher.process.DirectorySwap;
import kontor.launcher.process.PreparationException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs and what they need, out of the archive in their jar. */
public final class DatabasePrograms {

    /** A jar has one, of the platform that it was built for. */
    private static final Pattern ARCHIVE = Pattern.compile("postgres-linux-[a-z0-9_]+\\.txz");

    private static final int EXECUTABLE = 0100;

    private DatabasePrograms() {}

    /** Does nothing where they are there. */
    public static void unpack(Path jar, Path programs)
            throws IOException, InterruptedException, PreparationException {
        DirectorySwap.make(programs, directory -> unpackAll(jar, directory));
    }

    private static void unpackAll(Path jar, Path directory)
            throws IOException, PreparationException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry archive =
                    zip.stream()
                            .filter(entry -> ARCHIVE.matcher(entry.getName()).matches())
                            .findFirst()
                            .orElseThrow(() ->
                                    new PreparationException("no PostgreSQL archive in " + jar));
            try (InputStream packed = zip.getInputStream(archive);
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
                for (TarArchiveEntry entry = tar.getNextEntry();
                        entry != null;
                        entry = tar.getNextEntry()) {
                    unpackOne(tar, entry, directory);
                }
            }
        }
    }

    private static void unpackOne(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory)
            throws IOException, PreparationException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new PreparationException(
                    "archive entry outside of its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(requireNonNull(target.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & EXECUTABLE) != 0) {
            Set<PosixFilePermission> permissions =
                    EnumSet.copyOf(Files.getPosixFilePermissions(target));
            permissions.addAll(
                    EnumSet.of(
                            PosixFilePermission.OWNER_EXECUTE,
                            PosixFilePermission.GROUP_EXECUTE,
                            PosixFilePermission.OTHERS_EXECUTE));
            Files.setPosixFilePermissions(target, permissions);
        }
    }
}
