package kontor.analysis.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kontor.analysis.workshop.Input;
import org.jspecify.annotations.Nullable;

/**
 * The watched directory. It is listed again and again, which works on every kind of mount; a file
 * is read when its time, size or identity has changed. Not thread-safe.
 */
final class AnalyzersDirectory {

    private static final Pattern FILE =
            Pattern.compile("[A-Z][A-Za-z0-9_]{0,63}\\.java|[a-z][a-z0-9_]{0,63}\\.ksy");
    private static final int MOST_FILES = 100;
    private static final long MOST_BYTES = 256 * 1024;
    private static final int DIGITS = 12;

    private final Path directory;
    private final String apiVersion;
    private Map<String, Stamp> known = Map.of();

    /** Changes when a file is written or replaced. */
    private record Stamp(long modified, long size, @Nullable Object key) {}

    /**
     * @param apiVersion the hash of the interface that analyzers are compiled against
     */
    AnalyzersDirectory(Path directory, String apiVersion) {
        this.directory = directory;
        this.apiVersion = apiVersion;
    }

    /** Returns the name of a file without its ending: of a Java file the name of its class. */
    static String stem(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    static boolean isKaitai(String file) {
        return file.endsWith(".ksy");
    }

    /**
     * Returns what has changed since the last call. A directory that is not there is empty.
     *
     * @throws IOException if it cannot be read; the next call looks again
     */
    List<Input> changes() throws IOException {
        Map<String, Stamp> now = list();
        List<Input> changes = new ArrayList<>();
        Map<String, Stamp> taken = new HashMap<>(now);
        for (String file : known.keySet()) {
            if (!now.containsKey(file)) {
                changes.add(new Input.FileRemoved(name(file)));
            }
        }
        for (Map.Entry<String, Stamp> entry : now.entrySet()) {
            String file = entry.getKey();
            if (entry.getValue().equals(known.get(file))) {
                continue;
            }
            try {
                String source = Files.readString(directory.resolve(file));
                changes.add(new Input.FileChanged(name(file), file, version(file, source), source));
            } catch (IOException e) {
                // Being replaced, or no text: looked at again when it changes.
                taken.remove(file);
            }
        }
        known = taken;
        return changes;
    }

    private Map<String, Stamp> list() throws IOException {
        Map<String, Stamp> found = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String fileName = String.valueOf(file.getFileName());
                // Of a Java file and a .ksy of one name the Java file counts: it comes first.
                if (FILE.matcher(fileName).matches()
                        && found.size() < MOST_FILES
                        && names.add(name(fileName))) {
                    BasicFileAttributes about =
                            Files.readAttributes(file, BasicFileAttributes.class);
                    if (about.isRegularFile() && about.size() <= MOST_BYTES) {
                        found.put(
                                fileName,
                                new Stamp(
                                        about.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                                        about.size(),
                                        about.fileKey()));
                    }
                }
            }
        }
        return found;
    }

    private static String name(String file) {
        return stem(file).toLowerCase(Locale.ROOT);
    }

    private String version(String file, String source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((apiVersion + "\n" + file + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
