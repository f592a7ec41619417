package kontor.analysis.directplay;

/**
 * PACKET 0x15, PACKET2_DATA 0x30 and PACKET2_ACK 0x31: a piece of a message that was too long, and
 * its acknowledgement (docs/protocol/directplay4.md). Seen in no capture.
 */
final class Fragment {

    private Fragment() {}

    static String read(Body body) {
        body.in().guid("dplay.message.guid", "Message");
        long number = body.u32("dplay.type_15.packet_idx", "Piece");
        long length = body.u32("dplay.type_15.data_size", "Bytes in this piece");
        long offset = body.u32("dplay.type_15.offset", "Offset in the whole");
        long pieces = body.u32("dplay.type_15.total_packets", "Pieces");
        long whole = body.u32("dplay.type_15.message.size", "Size of the whole");
        long dataOffset = body.u32("dplay.type_15.packet_offset", "Data offset");
        if (!body.in().isIntact()) {
            return "";
        }
        body.at("Data", dataOffset).raw("dplay.type_15.data", "Data", length);
        return "piece %d of %d: bytes %d+%d of %d".formatted(number, pieces, offset, length, whole);
    }

    static String readAcknowledgement(Body body) {
        body.in().guid("dplay.message.guid", "Message");
        return "piece " + body.u32("dplay.type_15.packet_idx", "Piece");
    }
}
