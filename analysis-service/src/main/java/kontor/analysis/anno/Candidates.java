package kontor.analysis.anno;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import kontor.analysis.directplay.MessageSearch;
import kontor.analysis.directplay.MessageSearch.Guess;
import kontor.analysis.reassembly.StreamBuffer;

/**
 * The places of a stream's buffer at which a message may begin. Each byte is looked at once, and a
 * place that needs more bytes to be decided again with each call.
 */
final class Candidates {

    /** Not found. */
    static final int NONE = -1;

    /** Undecided places that are kept; of more, the oldest are given up. */
    private static final int PENDING_LIMIT = 16;

    private final MessageSearch search;
    private final StreamBuffer buffer;
    private final Deque<Integer> pending = new ArrayDeque<>();
    private int scanned;

    Candidates(MessageSearch search, StreamBuffer buffer) {
        this.search = search;
        this.buffer = buffer;
    }

    /** Forgets all: the buffer begins with something else now. */
    void reset() {
        pending.clear();
        scanned = 0;
    }

    /** The buffer has lost its first {@code count} bytes. */
    void shift(int count) {
        Iterator<Integer> old = new ArrayDeque<>(pending).iterator();
        pending.clear();
        while (old.hasNext()) {
            int at = old.next() - count;
            if (at >= 0) {
                pending.addLast(at);
            }
        }
        scanned = Math.max(0, scanned - count);
    }

    /**
     * The first place from {@code from} to {@code to} (not included) at which a message begins.
     *
     * @param expected a place at which a header alone is proof enough, or {@link #NONE}
     * @param isEnd whether nothing follows what is there
     */
    int confirmed(int from, int to, int expected, boolean isEnd) {
        for (Iterator<Integer> places = pending.iterator(); places.hasNext(); ) {
            int at = places.next();
            Guess guess = judge(at, expected, isEnd);
            if (guess == Guess.CONFIRMED) {
                return at;
            }
            if (guess == Guess.NO) {
                places.remove();
            }
        }
        scanned = Math.max(scanned, from);
        while (scanned < to) {
            switch (judge(scanned, expected, isEnd)) {
                case CONFIRMED -> {
                    return scanned;
                }
                case POSSIBLE -> {
                    return NONE;
                }
                case PENDING -> keep(scanned);
                case NO -> {}
            }
            scanned++;
        }
        return NONE;
    }

    /** Whether a place has a token and waits for more bytes to be decided. */
    boolean isPending() {
        return !pending.isEmpty();
    }

    /** The first place that may turn out to be a message's; the end where there is none. */
    int firstOpen() {
        return pending.isEmpty() ? scanned : pending.getFirst();
    }

    private Guess judge(int at, int expected, boolean isEnd) {
        if (at != expected) {
            return search.judge(buffer, at, isEnd);
        }
        Guess header = MessageSearch.header(buffer, at);
        return header == Guess.CONFIRMED || !isEnd ? header : Guess.NO;
    }

    private void keep(int at) {
        if (pending.size() == PENDING_LIMIT) {
            pending.removeFirst();
        }
        pending.addLast(at);
    }
}
