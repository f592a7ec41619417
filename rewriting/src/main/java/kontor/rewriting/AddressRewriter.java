package kontor.rewriting;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kontor.rewriting.AddressBook.Translation;
import kontor.rewriting.PlaceFinder.Found;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the addresses of one message. Lengths and all other bytes stay; a message that makes no
 * sense, or whose addresses mean nobody, stays as it is. The way back makes the message that it
 * was, unless it held an address that means somebody to the receiver and nobody to the sender.
 */
public final class AddressRewriter {

    // PACKET 0x15, PACKET2_DATA 0x30 (docs/protocol/directplay4.md).
    private static final int ID_AT = 28;
    private static final int ID_LENGTH = 16;
    private static final int LENGTH_AT = 48;
    private static final int OFFSET_AT = 52;
    private static final int WHOLE_AT = 60;
    private static final int DATA_OFFSET_AT = 64;
    private static final int PIECE_BODY_END = 68;

    private final Bytes message;
    private final Way way;
    private final AddressBook book;
    private final List<Change> changes = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private byte @Nullable [] rewritten;
    private Pieces pieces;

    /** Where in this message the bytes are that places count from: in a piece its data. */
    private int dataAt;

    private AddressRewriter(Bytes message, Way way, AddressBook book, Pieces pieces) {
        this.message = message;
        this.way = way;
        this.book = book;
        this.pieces = pieces;
    }

    /** One whole message of a stream. */
    public static Rewritten message(Bytes message, Way way, AddressBook book, Pieces pieces) {
        return new AddressRewriter(message, way, book, pieces)
                .rewrite(PlaceFinder.inMessage(message), Header.isSystem(message));
    }

    /** A datagram: of those only system messages hold addresses. */
    public static Rewritten datagram(Bytes datagram, Way way, AddressBook book, Pieces pieces) {
        return new AddressRewriter(datagram, way, book, pieces)
                .rewrite(PlaceFinder.inDatagram(datagram), Header.isSystemDatagram(datagram));
    }

    private Rewritten rewrite(Found found, boolean system) {
        for (Place place : found.places()) {
            if (place.end() <= message.length()) {
                whole(place, message, 0, message.length());
            }
        }
        signed(found);
        if (system && Commands.isPiece(Header.command(message))) {
            piece();
        }
        Bytes bytes = rewritten == null ? message : Bytes.owning(rewritten);
        return new Rewritten(bytes, changes, warnings, pieces);
    }

    private void signed(Found found) {
        if (found.signed() && !changes.isEmpty()) {
            Change last = changes.getLast();
            warnings.add(new Warning(Warning.Kind.SIGNED, last.from(), last.place()));
        }
    }

    /**
     * All four bytes are known.
     *
     * @param in what the place is in
     * @param from offset in it of the first byte that is in this message, {@code to} behind the
     *     last
     */
    private void whole(Place place, Bytes in, int from, int to) {
        Bytes address = in.slice(place.at(), Place.LENGTH);
        switch (book.translate(way, address)) {
            case Translation.Same _ -> {}
            case Translation.Other(Bytes other) -> put(place, address, other, from, to);
            case Translation.Nobodys _ -> warn(Warning.Kind.NOBODYS, address, place);
            case Translation.OutOfReach _ -> warn(Warning.Kind.OUT_OF_REACH, address, place);
        }
    }

    private void warn(Warning.Kind kind, Bytes address, Place place) {
        warnings.add(new Warning(kind, address, place));
    }

    private void put(Place place, Bytes address, Bytes other, int from, int to) {
        int first = Math.max(place.at(), from);
        int last = Math.min(place.at() + other.length(), to);
        Bytes before = address.slice(first - place.at(), last - first);
        Bytes after = other.slice(first - place.at(), last - first);
        if (before.equals(after)) {
            return;
        }
        if (rewritten == null) {
            rewritten = message.toByteArray();
        }
        int at = dataAt + first - from;
        ByteBuffer.wrap(rewritten).position(at).put(after.asByteBuffer());
        changes.add(new Change(at, before, after, place));
    }

    private void piece() {
        if (message.length() < PIECE_BODY_END) {
            return;
        }
        Bytes id = message.slice(ID_AT, ID_LENGTH);
        long length = u32(LENGTH_AT);
        long offset = u32(OFFSET_AT);
        long size = u32(WHOLE_AT);
        long at = Header.LENGTH + u32(DATA_OFFSET_AT);
        if (at < PIECE_BODY_END
                || length > message.length() - at
                || length > size
                || offset > size - length
                || size > Pieces.LONGEST) {
            return;
        }
        dataAt = (int) at;
        Bytes data = message.slice(dataAt, (int) length);
        @Nullable Bytes known = pieces.begun(id);
        if (known == null) {
            if (offset != 0) {
                return;
            }
            known = Bytes.empty();
        }
        if (offset > known.length()) {
            Place somewhere = new Place(0, Place.Part.TCP, Header.command(message));
            warn(Warning.Kind.OUT_OF_ORDER, Bytes.empty(), somewhere);
            return;
        }
        int from = (int) offset;
        int to = from + data.length();
        Bytes begun = known.slice(0, from).plus(data);
        // Sent again: what follows is known already.
        begun = known.length() > to ? begun.plus(known.from(to)) : begun;
        // Also when it is complete: a piece that is sent again has to become the same again.
        pieces = PlaceFinder.mayHoldPlaces(begun) ? pieces.with(id, begun) : pieces.without(id);
        Found found = PlaceFinder.inPieces(begun);
        for (Place place : found.places()) {
            if (place.at() < to && place.end() > from) {
                inPiece(place, begun, from, to);
            }
        }
        signed(found);
    }

    private void inPiece(Place place, Bytes begun, int from, int to) {
        int known = Math.min(place.end(), begun.length()) - place.at();
        Bytes address = begun.slice(place.at(), known);
        int cut = place.at() < from ? from : to < place.end() ? to : place.end();
        Bytes head = begun.slice(place.at(), Math.min(cut, place.end()) - place.at());
        if (head.length() == Place.LENGTH) {
            whole(place, begun, from, to);
            return;
        }
        // The first part goes out before the last one has come, so it alone has to tell.
        Set<Bytes> heads = book.translatedHeads(way, head);
        if (heads.size() > 1) {
            warn(Warning.Kind.SPLIT, address, place);
        } else if (place.at() >= from && heads.size() == 1) {
            put(place, head, heads.iterator().next(), from, to);
        } else if (place.at() < from && known == Place.LENGTH) {
            whole(place, begun, from, to);
        }
    }

    private long u32(int at) {
        return Integer.toUnsignedLong(message.asLittleEndianBuffer().getInt(at));
    }
}
