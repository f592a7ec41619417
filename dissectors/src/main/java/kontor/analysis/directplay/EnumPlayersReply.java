package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;

/**
 * SUPERENUMPLAYERSREPLY 0x29, and ENUMPLAYERSREPLY 0x03 which differs in how players are packed:
 * all that a newcomer has to know (docs/protocol/directplay4.md).
 */
final class EnumPlayersReply {

    /** Reads one player, group or shortcut. */
    @FunctionalInterface
    private interface Entry {
        String read(Cursor in, PlayerIds ids);
    }

    private EnumPlayersReply() {}

    static String readPacked(Body body) {
        return read(body, PackedPlayer::read);
    }

    static String readSuperPacked(Body body) {
        return read(body, SuperPackedPlayer::read);
    }

    private static String read(Body body, Entry entry) {
        long players = body.u32("dplay.type_29.player_count", "Players");
        long groups = body.u32("dplay.type_29.group_count", "Groups");
        long entriesOffset = body.u32("dplay.type_29.packed_offset", "Packed players offset");
        long shortcuts = body.u32("dplay.type_29.shortcut_count", "Shortcuts");
        long sessionOffset = body.u32("dplay.type_29.desc_offset", "Session description offset");
        long nameOffset = body.u32("dplay.type_29.name_offset", "Name offset");
        long passwordOffset = body.u32("dplay.type_29.pass_offset", "Password offset");
        if (!body.in().isIntact()) {
            return "";
        }
        SessionDescription.read(body.at("Session description", sessionOffset));
        String name = body.textAt("dplay.type_29.game_name", "Session name", nameOffset);
        body.textAt("dplay.type_29.password", "Password", passwordOffset);
        Cursor entries = body.at("Packed players", entriesOffset);
        long count = players + groups + shortcuts;
        for (long i = 0; i < count && entries.isIntact(); i++) {
            entry.read(entries, body.ids());
        }
        return Quoted.of("", name) + " " + players + " players, " + groups + " groups";
    }
}
