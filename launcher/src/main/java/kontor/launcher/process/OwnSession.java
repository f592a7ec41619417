package kontor.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to put before a command so that it leads a session of its own, and no terminal takes it
 * along. The words become the command in the end: it is our child, with the id that it begins with.
 */
public final class OwnSession {

    /**
     * Where the kernel has no such groups it runs as it is. Users other than root may do so ten
     * times a second on the whole machine, so it is tried again where others came first.
     */
    private static final String STEP_BACK =
            "[ -w /proc/self/autogroup ] && for i in 1 2 3 4 5 6 7 8; do"
                    + " { echo \"$0\" >/proc/self/autogroup; } 2>/dev/null && break;"
                    + " sleep 0.1; done; exec \"$@\"";

    private OwnSession() {}

    /** Empty on a machine that cannot do it. */
    public static List<String> words() {
        return program("setsid");
    }

    /**
     * The same; the kernel's group of that session steps back as a whole. It does so itself: seen
     * from outside, it may not have left our own group yet, which would step back in its place.
     *
     * @param niceness 1 to 19, or 0 not to step back
     */
    public static List<String> words(int niceness) {
        if (niceness == 0 || words().isEmpty()) {
            return words();
        }
        List<String> words = new ArrayList<>(words());
        words.addAll(List.of("/bin/sh", "-c", STEP_BACK, Integer.toString(niceness)));
        return List.copyOf(words);
    }

    /** A program that becomes the one behind it; empty if there is no such program. */
    public static List<String> program(String name, String... options) {
        for (String directory : List.of("/usr/bin", "/bin")) {
            Path program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                List<String> words = new ArrayList<>(List.of(program.toString()));
                words.addAll(List.of(options));
                return List.copyOf(words);
            }
        }
        return List.of();
    }
}
