package kontor.analysis.directplay;

/** CHAT 0x2D, which Anno does not use (docs/protocol/directplay4.md). Seen in no capture. */
final class Chat {

    private Chat() {}

    static String read(Body body) {
        long from = body.id("dplay.chat.from", "From");
        long to = body.id("dplay.chat.to", "To");
        body.hex("dplay.chat.flags", "Flags");
        long offset = body.u32("dplay.chat.offset", "Text offset");
        String text = body.textAt("dplay.chat.text", "Text", offset);
        return Quoted.of(body.show(from) + " to " + (to == 0 ? "all" : body.show(to)), text);
    }
}
