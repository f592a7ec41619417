package kontor.captures.reading;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Puts one direction of a TCP connection into order. Sequence numbers are counted from the stream's
 * beginning, so that their wrap-around does not show. Of bytes that come more than once, the first
 * count.
 */
final class StreamAssembler {

    /** So many delivered bytes are kept, to be compared with retransmissions. */
    private static final int HISTORY = 64 << 10;

    /** So much waits for what belongs in front of it; beyond, the stream has ended at a hole. */
    private static final int MOST_HELD = 4 << 20;

    private static final int MOST_PIECES = 16_384;

    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private final int firstSequence;
    private long next;
    private @Nullable Long end;
    private int endFrame;
    private boolean endTaken;
    private long acknowledged;
    private int acknowledgedFrame;
    private long highest;
    private int highestFrame;

    /** Bytes in pieces behind the next one, and what else was seen there once it was given up. */
    private long held;

    private long history;
    private boolean givenUp;
    private int behindFrame;

    StreamAssembler(int firstSequence) {
        this.firstSequence = firstSequence;
    }

    private record Piece(long position, Bytes payload, int frame) {

        long end() {
            return position + payload.length();
        }
    }

    /** What a segment brought. */
    sealed interface Brought {

        /** Bytes or an end that were not there; up to {@code end} with what the capture cut. */
        record News(long end) implements Brought {}

        /** Nothing that was not there. */
        record Nothing() implements Brought {}

        /** Other bytes than those at {@code position} that {@code firstFrame} has. */
        record Contradiction(long position, int firstFrame) implements Brought {}
    }

    /** The nearest position to the next one that has these lower 32 bits. */
    private long position(int sequence) {
        long near = givenUp ? highest : next;
        return near + (sequence - (firstSequence + (int) near));
    }

    /**
     * Takes a segment's bytes.
     *
     * @param missing bytes that followed them, and are not in the capture
     * @param last whether the stream ends behind them
     */
    Brought add(int sequence, Bytes payload, int missing, boolean last, int frame) {
        long position = position(sequence);
        long until = position + payload.length() + missing;
        if (payload.length() == 1 && until <= highest && keepAlive(position)) {
            return new Brought.Nothing();
        }
        if (givenUp) {
            held += Math.max(0, until - missing - Math.max(position, highest));
        }
        boolean further = until > highest;
        boolean news = last && end == null;
        if (news) {
            end = until;
            endFrame = frame;
        }
        if (until > highest) {
            highest = until;
            highestFrame = frame;
        }
        if (givenUp) {
            return news || further ? new Brought.News(until) : new Brought.Nothing();
        }
        Optional<Brought.Contradiction> contradiction = compare(position, payload);
        news |= fill(position, payload, frame);
        if (contradiction.isPresent()) {
            return contradiction.get();
        }
        return news || (missing > 0 && until > next)
                ? new Brought.News(until)
                : new Brought.Nothing();
    }

    /** A keep-alive: the last byte is sent again, with any content. */
    private boolean keepAlive(long position) {
        Map.@Nullable Entry<Long, Piece> before = pieces.floorEntry(position);
        boolean held = position < 0 || (before != null && before.getValue().end() > position);
        return held && (position == next - 1 || position == highest - 1);
    }

    private Optional<Brought.Contradiction> compare(long position, Bytes payload) {
        long until = position + payload.length();
        @Nullable Long from = pieces.floorKey(position);
        for (Piece had :
                pieces.subMap(from == null ? position : from, true, until, false).values()) {
            long common = Math.max(position, had.position);
            int length = (int) (Math.min(until, had.end()) - common);
            if (length <= 0) {
                continue;
            }
            Bytes before = had.payload.slice((int) (common - had.position), length);
            Bytes now = payload.slice((int) (common - position), length);
            if (!before.equals(now)) {
                int same = 0;
                while (before.unsignedAt(same) == now.unsignedAt(same)) {
                    same++;
                }
                return Optional.of(new Brought.Contradiction(common + same, had.frame));
            }
        }
        return Optional.empty();
    }

    /** Keeps what was not there; returns whether that was anything. */
    private boolean fill(long position, Bytes payload, int frame) {
        long until = position + payload.length();
        long at = Math.max(position, next);
        boolean news = false;
        while (at < until) {
            Map.@Nullable Entry<Long, Piece> before = pieces.floorEntry(at);
            if (before != null && before.getValue().end() > at) {
                at = before.getValue().end();
                continue;
            }
            @Nullable Long following = pieces.higherKey(at);
            long upTo = following == null ? until : Math.min(until, following);
            Bytes part = payload.slice((int) (at - position), (int) (upTo - at));
            pieces.put(at, new Piece(at, part.compact(), frame));
            held += part.length();
            news = true;
            at = upTo;
        }
        return news;
    }

    /** The other end has these bytes, whether or not the capture does. */
    void acknowledge(int sequence, int frame) {
        long position = position(sequence);
        if (position > acknowledged) {
            acknowledged = position;
            acknowledgedFrame = frame;
        }
    }

    /** Delivers the bytes that are next in order, as far as they have arrived. */
    void take(Consumer<Bytes> sink) {
        for (@Nullable Piece piece = pieces.get(next); piece != null; piece = pieces.get(next)) {
            sink.accept(piece.payload);
            next = piece.end();
            held -= piece.payload.length();
            history += piece.payload.length();
        }
        while (history > HISTORY) {
            history -= pieces.pollFirstEntry().getValue().payload.length();
        }
        if (held > MOST_HELD || pieces.size() > MOST_PIECES) {
            giveUp();
        }
    }

    /** The missing bytes will not arrive any more; the bytes behind them may pass. */
    private void giveUp() {
        Map.@Nullable Entry<Long, Piece> behind = pieces.higherEntry(next);
        if (behind != null) {
            givenUp = true;
            behindFrame = behind.getValue().frame;
            pieces.clear();
        }
    }

    /** Whether nothing of the stream will be handed on any more. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether the stream is at its end; true once. */
    boolean takeEnd() {
        boolean atEnd = !endTaken && end != null && end == next;
        endTaken |= atEnd;
        return atEnd;
    }

    boolean ended() {
        return endTaken;
    }

    /** How many bytes were handed on. */
    long taken() {
        return next;
    }

    /**
     * Where the capture lacks bytes of the stream; empty if it lacks none that it knows of.
     *
     * @param byGame whose stream it is
     */
    Optional<Connection.Hole> hole(boolean byGame) {
        // An end that is acknowledged has a number of its own.
        long known = Math.max(highest, acknowledged - (end != null && acknowledged > end ? 1 : 0));
        if (known <= next && (end == null || endTaken)) {
            return Optional.empty();
        }
        Map.@Nullable Entry<Long, Piece> behind = pieces.higherEntry(next);
        int frame;
        if (givenUp) {
            frame = behindFrame;
        } else if (behind != null) {
            frame = behind.getValue().frame;
        } else if (highest > next) {
            frame = highestFrame;
        } else {
            frame = end != null ? endFrame : acknowledgedFrame;
        }
        return Optional.of(new Connection.Hole(byGame, next, known - next - held, frame, held));
    }
}
