package kontor.analysis.directplay;

/**
 * The create layout: CREATEPLAYER 0x08, CREATEGROUP 0x09, ADDFORWARD 0x2E, CREATEPLAYERVERIFY 0x38.
 * What follows the packed player in the first and last is six reserved bytes
 * (docs/protocol/directplay4.md).
 */
final class Create {

    private Create() {}

    static String read(Body body) {
        body.id("dplay.multi.id_to", "To");
        body.id("dplay.multi.player_id", "New player or group");
        body.id("dplay.multi.group_id", "Group");
        long playerOffset = body.u32("dplay.multi.create_offset", "Packed player offset");
        long passwordOffset = body.u32("dplay.multi.password_offset", "Password offset");
        var player = body.at("Packed player", playerOffset);
        String shown = PackedPlayer.read(player, body.ids());
        String password = body.textAt("dplay.multi.password", "Password", passwordOffset);
        if (password.isEmpty() && player.isIntact()) {
            player.rest("dplay.multi.reserved", "Reserved");
        }
        return shown;
    }
}
