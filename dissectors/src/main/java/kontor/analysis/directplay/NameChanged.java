package kontor.analysis.directplay;

/**
 * PLAYERNAMECHANGED 0x10 and GROUPNAMECHANGED 0x12 (docs/protocol/directplay4.md). Seen in no
 * capture.
 */
final class NameChanged {

    private NameChanged() {}

    static String readPlayer(Body body) {
        return read(body, "dplay.type_10", "player", "Player");
    }

    static String readGroup(Body body) {
        return read(body, "dplay.type_12", "group", "Group");
    }

    private static String read(Body body, String prefix, String kind, String label) {
        body.id(prefix + ".id_to", "To");
        long id = body.id(prefix + "." + kind + "_id", label);
        long shortOffset = body.u32(prefix + ".short_offset", "Short name offset");
        long longOffset = body.u32(prefix + ".long_offset", "Long name offset");
        String shortName = body.textAt(prefix + ".short_name", "Short name", shortOffset);
        String longName = body.textAt(prefix + ".long_name", "Long name", longOffset);
        return Quoted.of(body.show(id), shortName, longName);
    }
}
