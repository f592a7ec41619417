package kontor.players.capture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Puts one direction of a TCP connection into order. Sequence numbers are counted from the stream's
 * beginning, so that their wrap-around does not show.
 */
final class StreamAssembler {

    private final List<Piece> waiting = new ArrayList<>();
    private boolean started;
    private int firstSequence;
    private long next;
    private @Nullable Long end;
    private boolean endTaken;

    boolean started() {
        return started;
    }

    void start(int sequence) {
        started = true;
        firstSequence = sequence;
    }

    void add(int sequence, Bytes payload, boolean last) {
        // The nearest position to the next one that has these lower 32 bits.
        long position = next + (sequence - (firstSequence + (int) next));
        if (!payload.isEmpty()) {
            waiting.add(new Piece(position, payload));
            waiting.sort(Comparator.comparingLong(Piece::position));
        }
        if (last) {
            end = position + payload.length();
        }
    }

    /** Hands on what is next in order, as far as it is there. */
    void take(Consumer<Bytes> sink) {
        while (!waiting.isEmpty() && waiting.getFirst().position <= next) {
            Piece piece = waiting.removeFirst();
            long had = next - piece.position;
            if (had < piece.payload.length()) {
                sink.accept(piece.payload.from((int) had));
                next = piece.position + piece.payload.length();
            }
        }
    }

    /** Whether the stream is at its end; true once. */
    boolean takeEnd() {
        boolean atEnd = !endTaken && end != null && end == next;
        endTaken |= atEnd;
        return atEnd;
    }

    long incompleteBytes() {
        return waiting.stream().mapToLong(piece -> piece.payload.length()).sum();
    }

    private record Piece(long position, Bytes payload) {}
}
