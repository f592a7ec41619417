package kontor.analysis.directplay;

/**
 * PLAYERDATACHANGED 0x0F and GROUPDATACHANGED 0x11 (docs/protocol/directplay4.md). Seen in no
 * capture.
 */
final class DataChanged {

    private DataChanged() {}

    static String readPlayer(Body body) {
        return read(body, "dplay.type_0f", "player", "Player");
    }

    static String readGroup(Body body) {
        return read(body, "dplay.type_11", "group", "Group");
    }

    private static String read(Body body, String prefix, String kind, String label) {
        body.id(prefix + ".id_to", "To");
        long id = body.id(prefix + "." + kind + "_id", label);
        long length = body.u32(prefix + ".data_size", "Data length");
        long offset = body.u32(prefix + ".data_offset", "Data offset");
        if (body.in().isIntact() && length > 0) {
            body.at("Data", offset).raw(prefix + "." + kind + "_data", "Data", length);
        }
        return body.show(id) + ", " + length + " bytes";
    }
}
