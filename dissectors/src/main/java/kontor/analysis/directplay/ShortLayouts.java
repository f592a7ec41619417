package kontor.analysis.directplay;

/** Layouts of a line or two (docs/protocol/directplay4.md, "Commands"). Seen in no capture. */
final class ShortLayouts {

    private ShortLayouts() {}

    /** ENUMPLAYER 0x04, YOUAREDEAD 0x18, LOGONDENIED 0x1E. */
    static String readNothing(Body body) {
        return "";
    }

    /** AUTHERROR 0x1F, ADDFORWARDREPLY 0x24. */
    static String readResult(Body body) {
        return Results.show(body.in().u32("dplay.hresult", "Result", Results.view()));
    }

    /** ADDFORWARDACK 0x2F. The name is Wireshark's, which has it so. */
    static String readForwarded(Body body) {
        return body.show(body.id("dplay.type_29.id", "Forwarded player"));
    }

    /** VOICE 0x36. */
    static String readVoice(Body body) {
        long from = body.id("dplay.voice.from", "From");
        long to = body.id("dplay.voice.to", "To");
        long length = body.in().rest("dplay.voice.data", "Data").length();
        return body.show(from) + " to " + body.show(to) + ", " + length + " bytes";
    }

    /** PLAYERWRAPPER 0x19: a whole player message, and PLAYERMESSAGE 0x0A should it ever come. */
    static String readPlayerMessage(Body body) {
        return PlayerMessage.read(body.in(), body.ids(), body.game()).summary();
    }
}
