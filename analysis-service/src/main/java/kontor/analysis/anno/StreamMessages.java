package kontor.analysis.anno;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionInput.StreamData;
import kontor.analysis.directplay.Framing;
import kontor.analysis.directplay.Framing.Frame;
import kontor.analysis.directplay.MessageSearch;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.reassembly.StreamBoundary;
import kontor.analysis.reassembly.StreamBuffer;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a TCP flow: cuts what comes into messages, however they are joined or cut into
 * events. Where a message should begin and none can, the next one is searched for, and the bytes
 * between are messages of type SKIPPED. After so many skipped bytes the search is given up: each
 * event is of type STREAM then, until one certainly begins with a message.
 *
 * <p>All bytes come out, once and in order. What comes out depends on the bytes and on the ends of
 * the stream, and hardly on the events that they came in: only when a message ends exactly with an
 * event nothing is waited for.
 */
final class StreamMessages {

    private enum Mode {
        /** A message begins with the first byte of the buffer. */
        ALIGNED,
        /** Where the next message begins is not known. */
        SEARCHING,
        /** As SEARCHING, and only the beginnings of events are looked at. */
        GIVEN_UP
    }

    /** Dissects what was cut out. */
    interface Dissector {
        Dissection whole(Bytes message);

        /** The beginning of a message. */
        Dissection begun(Bytes bytes);

        /** The long message that is whole with a fragment, if this message is one. */
        Optional<Message> reassembled(Dissection message, Piece piece);
    }

    private static final int SMALLEST = 20;

    private final int flow;
    private final Route route;
    private final Limits limits;
    private final Dissector dissect;
    private final MessageSearch search;
    private final StreamBuffer buffer = new StreamBuffer();
    private final Candidates candidates;
    private Mode mode = Mode.ALIGNED;

    /** Position in the stream behind all that came. */
    private long nextOffset;

    /** Position in the stream at which a message should begin, while searching. */
    private long expected = StreamBoundary.UNKNOWN;

    /** The first bytes of a message that the session before had, too few to tell its length. */
    private Bytes head = Bytes.empty();

    private String reason = "";
    private int skipped;

    StreamMessages(int flow, Route route, Limits limits, MessageSearch search, Dissector dissect) {
        this.flow = flow;
        this.route = route;
        this.limits = limits;
        this.dissect = dissect;
        this.search = search;
        this.candidates = new Candidates(search, buffer);
    }

    /** Begins where the stream does, or in the middle of it: then the boundary is searched for. */
    StreamMessages from(long firstOffset) {
        nextOffset = firstOffset;
        if (firstOffset > 0) {
            startSearch("the session began in the middle of the stream");
        }
        return this;
    }

    /** Begins where the session before ended. */
    StreamMessages from(long firstOffset, StreamBoundary before) {
        nextOffset = firstOffset;
        if (before.isGivenUp()) {
            startSearch("the session began in the middle of the stream");
            mode = Mode.GIVEN_UP;
        } else if (before.boundary() != firstOffset) {
            startSearch("the session began in the middle of a message");
            expected = before.boundary();
            head = firstOffset == before.nextOffset() ? before.head() : Bytes.empty();
        }
        return this;
    }

    List<Message> on(StreamData data) {
        List<Message> found = new ArrayList<>();
        long missing = data.streamOffset() - nextOffset;
        if (missing > 0) {
            onHole(missing, found);
        }
        int known = Math.clamp(-missing, 0, data.payload().length());
        Bytes payload = data.payload().from(known);
        completeHead(payload);
        nextOffset += payload.length();
        buffer.append(data.sequence(), known, payload);
        cut(found, false);
        return found;
    }

    /** Nothing follows what is here. */
    List<Message> end(String why) {
        List<Message> found = new ArrayList<>();
        cut(found, true);
        if (!buffer.isEmpty()) {
            // Only a message that began can be left.
            Frame frame = Framing.next(buffer.peek(0, Framing.WANTED));
            Piece rest = buffer.takeAll();
            if (frame instanceof Frame.Message(int length)) {
                String problem =
                        "%s after %d of %d bytes".formatted(why, rest.bytes().length(), length);
                Dissection begun = dissect.begun(rest.bytes());
                found.add(Message.truncated(flow, route, rest, begun, problem));
            } else {
                found.add(Message.skipped(flow, route, rest, why));
            }
        }
        candidates.reset();
        return found;
    }

    /** Where the next message begins, as far as that is known. */
    StreamBoundary boundary(FlowReference reference, boolean fromOpener) {
        long boundary = expected >= nextOffset ? expected : StreamBoundary.UNKNOWN;
        Bytes begun = head;
        if (mode == Mode.ALIGNED) {
            long first = nextOffset - buffer.length();
            boolean isDecided =
                    Framing.next(buffer.peek(0, Framing.WANTED)) instanceof Frame.Message;
            boundary = boundaryBehind(first);
            begun = isDecided ? Bytes.empty() : buffer.peek(0, buffer.length());
        }
        return new StreamBoundary(
                reference, fromOpener, nextOffset, boundary, begun, mode == Mode.GIVEN_UP);
    }

    /** Behind the message that the buffer begins with, which begins at {@code first}. */
    private long boundaryBehind(long first) {
        return Framing.next(buffer.peek(0, Framing.WANTED)) instanceof Frame.Message(int length)
                ? first + length
                : first;
    }

    private void onHole(long missing, List<Message> found) {
        String why = "%d bytes of the stream are missing".formatted(missing);
        long behind =
                mode == Mode.ALIGNED && !buffer.isEmpty()
                        ? boundaryBehind(nextOffset - buffer.length())
                        : expected;
        found.addAll(end(why));
        head = Bytes.empty();
        nextOffset += missing;
        if (mode == Mode.GIVEN_UP) {
            return;
        }
        if (behind == nextOffset) {
            align();
        } else {
            startSearch(why);
            expected = behind > nextOffset ? behind : StreamBoundary.UNKNOWN;
        }
    }

    /** Learns from what follows how long the message is that the session before had begun. */
    private void completeHead(Bytes payload) {
        if (head.isEmpty() || payload.isEmpty()) {
            return;
        }
        long first = nextOffset - head.length();
        Bytes longer = head.plus(payload.slice(0, Math.min(Framing.WANTED, payload.length())));
        head = Bytes.empty();
        switch (Framing.next(longer)) {
            case Frame.Message(int length) -> expected = first + length;
            case Frame.Undecided() -> head = longer;
            case Frame.Foreign(String what) -> reason = what;
        }
    }

    private void cut(List<Message> found, boolean isEnd) {
        boolean isMoving = true;
        while (isMoving && !buffer.isEmpty()) {
            isMoving =
                    switch (mode) {
                        case ALIGNED -> cutAligned(found, isEnd);
                        case SEARCHING -> search(found, isEnd);
                        case GIVEN_UP -> probe(found);
                    };
        }
    }

    /** True where something was cut off or another mode begins; false to wait for more bytes. */
    private boolean cutAligned(List<Message> found, boolean isEnd) {
        return switch (Framing.next(buffer.peek(0, Framing.WANTED))) {
            case Frame.Undecided() -> false;
            case Frame.Foreign(String what) -> {
                startSearch(what);
                yield true;
            }
            case Frame.Message(int length) -> cutMessage(length, found, isEnd);
        };
    }

    private boolean cutMessage(int length, List<Message> found, boolean isEnd) {
        boolean isWhole = length <= buffer.length();
        Frame next = isWhole ? Framing.next(buffer.peek(length, Framing.WANTED)) : null;
        if (!MessageSearch.mayHoldMessages(buffer) || next instanceof Frame.Foreign) {
            int end = Math.min(length, buffer.length());
            int inside = candidates.confirmed(SMALLEST, end, Candidates.NONE, isEnd);
            if (inside != Candidates.NONE) {
                cutShort(inside, length, found);
                return true;
            }
            if (!isEnd && isWhole && mayEndBefore(length, next)) {
                return false;
            }
        }
        if (isWhole) {
            Piece piece = buffer.take(length);
            Dissection message = dissect.whole(piece.bytes());
            found.add(Message.of(flow, route, piece, message));
            dissect.reassembled(message, piece).ifPresent(found::add);
            align();
            return true;
        }
        return !isEnd && skipBeyondLimits(length, found);
    }

    /** Whether the message's size may be wrong, and more bytes would tell. */
    private boolean mayEndBefore(int length, @Nullable Frame next) {
        if (next instanceof Frame.Message) {
            return false;
        }
        return buffer.length() == length ? candidates.isPending() : candidates.firstOpen() < length;
    }

    /** The next message begins before the size of this one says. */
    private void cutShort(int end, int length, List<Message> found) {
        Piece piece = buffer.take(end);
        String problem =
                "its size is %d bytes, but the next message begins after %d".formatted(length, end);
        found.add(Message.malformed(flow, route, piece, dissect.whole(piece.bytes()), problem));
        align();
    }

    private boolean skipBeyondLimits(int length, List<Message> found) {
        String why;
        if (length > limits.streamBytes()) {
            why = "a message of %d bytes is more than is held".formatted(length);
        } else if (buffer.parts() >= limits.streamParts()) {
            why = "a message is spread over too many events";
        } else {
            return false;
        }
        long behind = nextOffset - buffer.length() + length;
        startSearch(why);
        expected = behind;
        skip(Math.min(SMALLEST, buffer.length()), found);
        return true;
    }

    private boolean search(List<Message> found, boolean isEnd) {
        long first = nextOffset - buffer.length();
        boolean isHere = expected >= first && expected < nextOffset;
        int wanted = isHere ? (int) (expected - first) : Candidates.NONE;
        int next = candidates.confirmed(0, buffer.length(), wanted, isEnd);
        if (next != Candidates.NONE) {
            skip(next, found);
            align();
            return true;
        }
        boolean isTooMuch = buffer.parts() >= limits.streamParts();
        skip(isEnd || isTooMuch ? buffer.length() : candidates.firstOpen(), found);
        if (skipped > limits.searchBytes()) {
            mode = Mode.GIVEN_UP;
            giveOut(found);
        }
        return false;
    }

    /** The buffer holds one event. */
    private boolean probe(List<Message> found) {
        if (search.judge(buffer, 0, false) == MessageSearch.Guess.CONFIRMED) {
            align();
            return true;
        }
        giveOut(found);
        return false;
    }

    private void giveOut(List<Message> found) {
        if (!buffer.isEmpty()) {
            found.add(
                    Message.unknown(
                            flow,
                            route,
                            "STREAM",
                            buffer.takeAll(),
                            Optional.of("no messages were found: " + reason)));
        }
    }

    private void skip(int count, List<Message> found) {
        if (count > 0) {
            boolean isExpected = nextOffset - buffer.length() < expected;
            found.add(Message.skipped(flow, route, buffer.take(count), reason));
            candidates.shift(count);
            skipped += isExpected ? 0 : count;
        }
    }

    private void align() {
        mode = Mode.ALIGNED;
        expected = StreamBoundary.UNKNOWN;
        candidates.reset();
    }

    private void startSearch(String why) {
        mode = Mode.SEARCHING;
        expected = StreamBoundary.UNKNOWN;
        reason = why;
        skipped = 0;
        candidates.reset();
    }
}
