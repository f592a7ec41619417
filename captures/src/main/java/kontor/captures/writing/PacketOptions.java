package kontor.captures.writing;

import java.util.ArrayList;
import java.util.List;

/**
 * What an enhanced packet block says about its packet beside time and bytes.
 *
 * @param direction as the interface's owner sees it
 * @param cast to whom it was sent
 * @param packetId the same for every block that shows the same packet
 * @param refused whether it was not passed on
 * @param dropped packets that the interface lost since its packet before
 * @param comments for a person
 */
public record PacketOptions(
        Direction direction,
        Cast cast,
        long packetId,
        boolean refused,
        long dropped,
        List<String> comments) {

    public PacketOptions {
        comments = List.copyOf(comments);
    }

    /** Bits 0 and 1 of epb_flags. */
    public enum Direction {
        INBOUND(1),
        OUTBOUND(2);

        final int bits;

        Direction(int bits) {
            this.bits = bits;
        }
    }

    /** Bits 2 to 4 of epb_flags. */
    public enum Cast {
        UNICAST(1),
        BROADCAST(3);

        final int bits;

        Cast(int bits) {
            this.bits = bits;
        }
    }

    public static PacketOptions of(Direction direction, long packetId) {
        return new PacketOptions(direction, Cast.UNICAST, packetId, false, 0, List.of());
    }

    public PacketOptions with(Cast otherCast) {
        return new PacketOptions(direction, otherCast, packetId, refused, dropped, comments);
    }

    public PacketOptions asRefused() {
        return new PacketOptions(direction, cast, packetId, true, dropped, comments);
    }

    public PacketOptions withDropped(long count) {
        return new PacketOptions(direction, cast, packetId, refused, count, comments);
    }

    public PacketOptions withComment(String comment) {
        List<String> more = new ArrayList<>(comments);
        more.add(comment);
        return new PacketOptions(direction, cast, packetId, refused, dropped, more);
    }
}
