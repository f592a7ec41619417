package kontor.rewriting;

import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;

/**
 * Rewrites the addresses in one direction of a TCP stream, however it is cut into segments. Of a
 * message that is not whole only that is held back which may be part of an address: four bytes of
 * its header; all of it if it can hold addresses behind the header, up to {@link #LONGEST_HELD}
 * bytes. Nothing of another stream is held back.
 *
 * <p>Stateless: the state goes in and comes out, and the same state and segment give the same. So
 * what is recorded of one step is enough to go on after a restart in the middle of a message.
 */
public final class StreamRewriter {

    /** Longer messages pass, except for their headers. Less than a flow's smallest window. */
    static final int LONGEST_HELD = 16_384;

    private static final int REPLY_AT = Header.SOCKET_ADDRESS_AT + SocketAddresses.IP_AT;
    private static final int REPLY_END = REPLY_AT + Place.LENGTH;

    private final Way way;
    private final AddressBook book;
    private final List<Bytes> out = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    private StreamRewriter(Way way, AddressBook book) {
        this.way = way;
        this.book = book;
    }

    /**
     * What becomes of a segment.
     *
     * @param out what is passed on; together with {@code after.held()} as many bytes as there were,
     *     held back ones included
     * @param changes with offsets in the messages, not in the segment
     */
    public record Step(StreamState after, Bytes out, List<Change> changes, List<Warning> warnings) {

        public Step {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }

    /** Takes in the next bytes of the stream. */
    public static Step on(StreamState state, Bytes segment, Way way, AddressBook book) {
        StreamRewriter rewriter = new StreamRewriter(way, book);
        StreamState after = rewriter.run(state, segment);
        return new Step(after, rewriter.joined(), rewriter.changes, rewriter.warnings);
    }

    /** The stream ends, or is not to be rewritten any more: what was held back is passed on. */
    public static Step end(StreamState state) {
        return new Step(StreamState.ofForeign(), state.held(), List.of(), List.of());
    }

    private StreamState run(StreamState state, Bytes segment) {
        if (state.foreign()) {
            return foreign(segment);
        }
        int skipped = Math.min(state.skip(), segment.length());
        out.add(segment.slice(0, skipped));
        if (skipped < state.skip()) {
            return StreamState.skipping(state.skip() - skipped, state.pieces());
        }
        Bytes left = state.begun().plus(segment.from(skipped));
        int passed = state.passed();
        Pieces pieces = state.pieces();
        while (!left.isEmpty()) {
            if (Header.begun(left) == Header.Begun.FOREIGN) {
                return foreign(left.from(passed));
            }
            boolean known = Header.begun(left) == Header.Begun.MESSAGE;
            if (!known || Header.size(left) > left.length()) {
                return begun(left, passed, pieces);
            }
            int size = Header.size(left);
            Rewritten whole = AddressRewriter.message(left.slice(0, size), way, book, pieces);
            take(whole, passed);
            pieces = whole.pieces();
            left = left.from(size);
            passed = 0;
        }
        return StreamState.between(pieces);
    }

    private StreamState foreign(Bytes rest) {
        out.add(rest);
        return StreamState.ofForeign();
    }

    private void take(Rewritten whole, int passed) {
        out.add(whole.bytes().from(passed));
        changes.addAll(whole.changes());
        warnings.addAll(whole.warnings());
    }

    /** A message whose end has not come. */
    private StreamState begun(Bytes begun, int passed, Pieces pieces) {
        int there = begun.length();
        if (there < REPLY_END) {
            // Of the header only the address matters.
            int free = Math.max(passed, Math.min(there, REPLY_AT));
            out.add(begun.slice(passed, free - passed));
            return new StreamState(begun.compact(), free, 0, false, pieces);
        }
        int size = Header.size(begun);
        if (there < Math.min(size, Header.BODY_AT)) {
            return new StreamState(begun.compact(), passed, 0, false, pieces);
        }
        boolean holds = Header.isSystem(begun) && Commands.holdAddresses(Header.command(begun));
        if (holds && size <= LONGEST_HELD) {
            return new StreamState(begun.compact(), passed, 0, false, pieces);
        }
        // Only what was held back needs to be looked at: its header.
        int looked = Math.min(there, Header.BODY_AT);
        take(AddressRewriter.message(begun.slice(0, looked), way, book, Pieces.NONE), passed);
        out.add(begun.from(looked));
        if (holds) {
            Place place = new Place(0, Place.Part.TCP, Header.command(begun));
            warnings.add(new Warning(Warning.Kind.TOO_LONG, Bytes.empty(), place));
        }
        return StreamState.skipping(size - there, pieces);
    }

    private Bytes joined() {
        Bytes joined = Bytes.empty();
        for (Bytes part : out) {
            joined = joined.plus(part);
        }
        return joined;
    }
}
