package kontor.rewriting;

import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The beginnings of messages that come in pieces, as they were sent. Only of those that may hold
 * addresses; bounded in number and length.
 *
 * @param wholes the one that began first, first
 */
public record Pieces(List<Whole> wholes) {

    /** Of more at a time, the oldest are given up: addresses in what follows of them stay. */
    static final int MOST = 4;

    /** Longer messages are not looked at. */
    static final int LONGEST = 16_384;

    /** Nothing has begun. */
    public static final Pieces NONE = new Pieces(List.of());

    /**
     * @param id of the message, 16 bytes
     * @param begun its first bytes
     */
    public record Whole(Bytes id, Bytes begun) {}

    public Pieces {
        wholes = List.copyOf(wholes);
    }

    @Nullable Bytes begun(Bytes id) {
        for (Whole whole : wholes) {
            if (whole.id.equals(id)) {
                return whole.begun;
            }
        }
        return null;
    }

    Pieces with(Bytes id, Bytes begun) {
        if (wholes.contains(new Whole(id, begun))) {
            return this;
        }
        List<Whole> others = new ArrayList<>(without(id).wholes);
        others.add(new Whole(id, begun.compact()));
        return new Pieces(others.subList(Math.max(0, others.size() - MOST), others.size()));
    }

    Pieces without(Bytes id) {
        return begun(id) == null
                ? this
                : new Pieces(wholes.stream().filter(whole -> !whole.id.equals(id)).toList());
    }
}
