package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;

/**
 * ASK4MULTICAST 0x25, its guaranteed form 0x26, and MULTICASTDELIVERY 0x37: a message for a group
 * that goes by way of the host (docs/protocol/directplay4.md). Seen in no capture.
 */
final class Multicast {

    private Multicast() {}

    static String read(Body body) {
        long group = body.id("dplay.multicast.group_id", "To group");
        long from = body.id("dplay.multicast.player_id", "From player");
        long offset = body.u32("dplay.multicast.offset", "Message offset");
        if (!body.in().isIntact()) {
            return "";
        }
        Cursor inner = body.at("Message", offset);
        String held = SystemMessage.readInner(inner, body);
        return body.show(from) + " to " + body.show(group) + ": " + held;
    }
}
