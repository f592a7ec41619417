package kontor.analysis.directplay;

import kontor.analysis.dissect.WordView;

/**
 * ADDFORWARDREQUEST 0x13: the create layout, a password, and the key of the session that is being
 * joined (docs/protocol/directplay4.md). Specification and Wireshark take the last word for a tick
 * count, whence its name.
 */
final class AddForwardRequest {

    static final String KEY_FIELD = "dplay.type_13.tick_count";

    private AddForwardRequest() {}

    static String read(Body body) {
        body.id("dplay.type_13.id_to", "To");
        body.id("dplay.type_13.player_id", "New system player");
        body.id("dplay.type_13.group_id", "Group");
        long playerOffset = body.u32("dplay.type_13.create_offset", "Packed player offset");
        long passwordOffset = body.u32("dplay.type_13.password_offset", "Password offset");
        var in = body.at("Packed player", playerOffset);
        String player = PackedPlayer.read(in, body.ids());
        if (in.isIntact() && passwordOffset != 0) {
            in = body.at("Password", passwordOffset);
            in.wideText("dplay.type_13.password", "Password");
        }
        in.u32(KEY_FIELD, "Session key", WordView.hex());
        return player;
    }
}
