package kontor.adapter.freezer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A tree of real processes that makes new ones all the time, and with each a file longer. */
final class RealGame {

    private static final String PLAY =
            """
            play() { while :; do (echo move; :) >> "$0"; sleep 0.002; done; }
            play & play & sh -c 'while :; do sleep 0.003; done' & play
            """;

    final Process root;
    private final Path moves;

    RealGame(Path directory) throws IOException {
        this(directory, ":");
    }

    /**
     * @param first what its first process does before all others are made
     */
    RealGame(Path directory, String first) throws IOException {
        moves = directory.resolve("moves");
        root = new ProcessBuilder("sh", "-c", first + "\n" + PLAY, moves.toString()).start();
    }

    /** As {@code /proc} tells it. */
    List<ProcessStat> tree() throws IOException {
        return ProcessTable.tree(ProcessTable.process(root.pid()).orElseThrow());
    }

    /** Returns when it has made another move. */
    void awaitSignOfLife() throws IOException {
        long before = length();
        Awaitility.await("a move").atMost(Duration.ofSeconds(30)).until(() -> length() > before);
    }

    void end() throws IOException, InterruptedException {
        List<ProcessHandle> all = root.descendants().toList();
        root.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        root.waitFor();
        Awaitility.await("all processes gone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private long length() throws IOException {
        return Files.exists(moves) ? Files.size(moves) : 0;
    }
}
