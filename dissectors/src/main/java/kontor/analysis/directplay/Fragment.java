package kontor.analysis.directplay;

/**
 * PACKET 0x15, PACKET2_DATA 0x30 and PACKET2_ACK 0x31: a piece of a message that was too long, and
 * its acknowledgement (docs/protocol/directplay4.md). Seen in no capture.
 */
final class Fragment {

    static final String GUID = "dplay.message.guid";
    static final String OFFSET = "dplay.type_15.offset";
    static final String WHOLE = "dplay.type_15.message.size";
    static final String DATA = "dplay.type_15.data";

    private Fragment() {}

    static String read(Body body) {
        body.in().guid(GUID, "Message");
        long number = body.u32("dplay.type_15.packet_idx", "Piece");
        long length = body.u32("dplay.type_15.data_size", "Bytes in this piece");
        long offset = body.u32(OFFSET, "Offset in the whole");
        long pieces = body.u32("dplay.type_15.total_packets", "Pieces");
        long whole = body.u32(WHOLE, "Size of the whole");
        long dataOffset = body.u32("dplay.type_15.packet_offset", "Data offset");
        if (!body.in().isIntact()) {
            return "";
        }
        body.at("Data", dataOffset).raw(DATA, "Data", length);
        return "piece "
                + number
                + " of "
                + pieces
                + ": bytes "
                + offset
                + "+"
                + length
                + " of "
                + whole;
    }

    static String readAcknowledgement(Body body) {
        body.in().guid(GUID, "Message");
        return "piece " + body.u32("dplay.type_15.packet_idx", "Piece");
    }
}
