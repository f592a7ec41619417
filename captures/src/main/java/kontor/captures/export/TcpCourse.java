package kontor.captures.export;

import static kontor.captures.writing.EthernetFrames.ACK;
import static kontor.captures.writing.EthernetFrames.FIN;
import static kontor.captures.writing.EthernetFrames.PSH;
import static kontor.captures.writing.EthernetFrames.RST;
import static kontor.captures.writing.EthernetFrames.SYN;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import kontor.captures.writing.EthernetFrames;
import kontor.vocabulary.Bytes;

/**
 * The segments of one TCP connection, with the numbers that two machines would have given them: a
 * handshake, all bytes at their place, acknowledgements in passing, and its ends. Sequence numbers
 * follow from the places of the bytes in the streams, so bytes that are left out leave a hole.
 */
final class TcpCourse {

    /** A receiver that says nothing acknowledges so many bytes by a segment of its own. */
    private static final int UNACKNOWLEDGED = 1 << 20;

    private final Side opener;
    private final Side target;
    private boolean begun;

    TcpCourse(int seed, InetSocketAddress opener, InetSocketAddress target) {
        this.opener = new Side(opener, 0x9E3779B1 * (2 * seed));
        this.target = new Side(target, 0x9E3779B1 * (2 * seed + 1));
    }

    /** What one machine has sent. */
    private static final class Side {
        final InetSocketAddress address;
        final int initial;
        long begin = -1;
        long sent;
        long acknowledged;
        boolean finished;
        boolean reset;

        Side(InetSocketAddress address, int initial) {
            this.address = address;
            this.initial = initial;
        }

        int next() {
            return number(sent) + (finished ? 1 : 0);
        }

        int number(long offset) {
            return initial + 1 + (int) (offset - Math.max(0, begin));
        }
    }

    /** A frame, and whether the opener's machine sent it. */
    record Segment(boolean fromOpener, Bytes frame) {}

    boolean begun() {
        return begun;
    }

    /** The three segments of the handshake, once. */
    List<Segment> begin() {
        if (begun) {
            return List.of();
        }
        begun = true;
        List<Segment> segments = new ArrayList<>();
        segments.add(raw(true, opener.initial, SYN, Bytes.empty()));
        segments.add(raw(false, target.initial, SYN | ACK, Bytes.empty()));
        segments.add(acknowledge(true));
        return segments;
    }

    /** The stream's bytes begin there, where it is not the beginning of the flow. */
    void startAt(boolean fromOpener, long offset) {
        Side side = side(fromOpener);
        if (side.begin < 0) {
            side.begin = offset;
            side.sent = side.begin;
            side.acknowledged = side.begin;
        }
    }

    /** Bytes at their place in the stream. */
    List<Segment> write(boolean fromOpener, long offset, Bytes bytes) {
        startAt(fromOpener, offset);
        List<Segment> segments = new ArrayList<>(begin());
        Side side = side(fromOpener);
        int at = 0;
        while (at < bytes.length()) {
            int length = Math.min(EthernetFrames.LONGEST_SEGMENT, bytes.length() - at);
            int number = side.number(offset + at);
            segments.add(raw(fromOpener, number, ACK | PSH, bytes.slice(at, length)));
            at += length;
            side.sent = Math.max(side.sent, offset + at);
            if (side.sent - side.acknowledged >= UNACKNOWLEDGED) {
                segments.add(acknowledge(!fromOpener));
            }
        }
        return segments;
    }

    /** Its sender ends its stream behind so many bytes. */
    List<Segment> finish(boolean fromOpener, long length) {
        Side side = side(fromOpener);
        if (side.finished || side.reset) {
            return List.of();
        }
        startAt(fromOpener, Math.max(0, length));
        List<Segment> segments = new ArrayList<>(begin());
        side.sent = Math.max(side.sent, length);
        segments.add(raw(fromOpener, side.next(), ACK | FIN, Bytes.empty()));
        side.finished = true;
        segments.add(acknowledge(!fromOpener));
        return segments;
    }

    /** It resets the connection behind so many bytes of its stream. */
    List<Segment> reset(boolean fromOpener, long length) {
        Side side = side(fromOpener);
        if (side.reset) {
            return List.of();
        }
        startAt(fromOpener, Math.max(0, length));
        List<Segment> segments = new ArrayList<>(begin());
        side.sent = Math.max(side.sent, length);
        segments.add(raw(fromOpener, side.next(), ACK | RST, Bytes.empty()));
        side.reset = true;
        return segments;
    }

    private Segment acknowledge(boolean fromOpener) {
        return raw(fromOpener, side(fromOpener).next(), ACK, Bytes.empty());
    }

    private Segment raw(boolean fromOpener, int number, int flags, Bytes bytes) {
        Side from = side(fromOpener);
        Side to = side(!fromOpener);
        to.acknowledged = to.sent;
        return new Segment(
                fromOpener,
                EthernetFrames.tcp(from.address, to.address, number, to.next(), flags, bytes));
    }

    private Side side(boolean fromOpener) {
        return fromOpener ? opener : target;
    }
}
