package kontor.analysis.directplay;

/** ENUMSESSIONSREPLY 0x01: here is one (docs/protocol/directplay4.md). */
final class EnumSessionsReply {

    private EnumSessionsReply() {}

    static String read(Body body) {
        SessionDescription session = SessionDescription.read(body.in());
        long nameOffset = body.u32("dplay.type_01.name_offs", "Name offset");
        String name = body.textAt("dplay.type_01.game_name", "Session name", nameOffset);
        return Quoted.of("", name) + " " + session.toSummary();
    }
}
