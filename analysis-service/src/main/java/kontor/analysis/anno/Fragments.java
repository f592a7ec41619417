package kontor.analysis.anno;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kontor.analysis.directplay.DirectPlay.Held;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.reassembly.Span;
import kontor.vocabulary.Bytes;

/**
 * Puts the fragments of long messages together, in whichever order they come. A fragment that does
 * not fit the others, overlaps one or came before changes nothing. Bounded: beyond the limits the
 * oldest unfinished message is forgotten, whose fragments stay messages of their own.
 */
final class Fragments {

    private static final int OPEN_LIMIT = 32;
    private static final int DONE_KEPT = 256;

    private final Limits limits;
    private final Map<String, Whole> open = new LinkedHashMap<>();
    private final Map<String, Boolean> done = new LinkedHashMap<>();
    private int held;

    Fragments(Limits limits) {
        this.limits = limits;
    }

    /** What has come of one message. */
    private static final class Whole {
        private final long size;
        private final TreeMap<Integer, Piece> parts = new TreeMap<>();
        private int length;

        Whole(long size) {
            this.size = size;
        }

        boolean fits(Held fragment) {
            int from = (int) fragment.offset();
            int to = from + fragment.length();
            Map.Entry<Integer, Piece> before = parts.lowerEntry(to);
            return fragment.whole() == size
                    && (before == null
                            || before.getKey() + before.getValue().bytes().length() <= from);
        }
    }

    /**
     * The message that is whole with this fragment.
     *
     * @param sender who sent it: different senders' fragments are never mixed
     * @param piece the message that holds the fragment
     */
    Optional<Piece> add(String sender, Held fragment, Piece piece) {
        String key = sender + " " + fragment.message();
        boolean isPossible =
                fragment.length() > 0
                        && fragment.whole() <= limits.streamBytes()
                        && fragment.offset() + fragment.length() <= fragment.whole();
        if (!isPossible || done.containsKey(key)) {
            return Optional.empty();
        }
        Whole whole = open.computeIfAbsent(key, _ -> new Whole(fragment.whole()));
        if (!whole.fits(fragment) || whole.parts.size() >= limits.streamParts()) {
            return Optional.empty();
        }
        whole.parts.put((int) fragment.offset(), piece.slice(fragment.at(), fragment.length()));
        whole.length += fragment.length();
        held += fragment.length();
        if (whole.length < whole.size) {
            forgetOldest();
            return Optional.empty();
        }
        forget(key);
        done.put(key, true);
        if (done.size() > DONE_KEPT) {
            done.remove(done.keySet().iterator().next());
        }
        return Optional.of(join(whole));
    }

    private void forgetOldest() {
        while (open.size() > OPEN_LIMIT || held > 2 * (long) limits.streamBytes()) {
            forget(open.keySet().iterator().next());
        }
    }

    private void forget(String key) {
        Whole whole = open.remove(key);
        held -= whole == null ? 0 : whole.length;
    }

    private static Piece join(Whole whole) {
        ByteBuffer bytes = ByteBuffer.allocate(whole.length);
        List<Span> spans = new ArrayList<>();
        for (Piece part : whole.parts.values()) {
            bytes.put(part.bytes().asByteBuffer());
            spans.addAll(part.spans());
        }
        return new Piece(Bytes.owning(bytes.array()), spans);
    }
}
