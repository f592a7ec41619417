package kontor.analysis.user;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The newest messages of all running sessions: what a new version of an analyzer is tried on.
 * Thread-safe: the reader of the log adds, the workshop reads.
 */
public final class Samples {

    private static final int MOST = 512;
    private static final int MOST_BYTES = 16 * 1024;

    private final Deque<SeenMessage> newest = new ArrayDeque<>();

    /** Takes a message; one that is very large is left out. */
    public synchronized void add(SeenMessage message) {
        if (message.length() > MOST_BYTES) {
            return;
        }
        if (newest.size() == MOST) {
            newest.removeFirst();
        }
        newest.addLast(message);
    }

    /** Returns the messages, oldest first. */
    public synchronized List<SeenMessage> all() {
        return List.copyOf(newest);
    }
}
