package kontor.analysis.directplay;

/** SESSIONDESCCHANGED 0x1A (docs/protocol/directplay4.md). Seen in no capture. */
final class SessionDescriptionChanged {

    private SessionDescriptionChanged() {}

    static String read(Body body) {
        body.id("dplay.type_1a.id_to", "To");
        long nameOffset = body.u32("dplay.type_1a.sess_name_ofs", "Name offset");
        long passwordOffset = body.u32("dplay.type_1a.password_offset", "Password offset");
        SessionDescription session = SessionDescription.read(body.in());
        String name = body.textAt("dplay.type_1a.session_name", "Session name", nameOffset);
        body.textAt("dplay.type_1a.password", "Password", passwordOffset);
        return (Quoted.of("", name) + " " + session.toSummary()).strip();
    }
}
