package kontor.analysis.directplay;

/**
 * The member layout: DELETEPLAYER 0x0B, DELETEGROUP 0x0C, ADDPLAYERTOGROUP 0x0D,
 * DELETEPLAYERFROMGROUP 0x0E (docs/protocol/directplay4.md). It shares its first words with the
 * create layout, and so their names.
 */
final class Member {

    private Member() {}

    static String read(Body body) {
        body.id("dplay.multi.id_to", "To");
        long player = body.id("dplay.multi.player_id", "Player");
        long group = body.id("dplay.multi.group_id", "Group");
        body.u32("dplay.multi.create_offset", "Unused");
        body.u32("dplay.multi.password_offset", "Unused");
        if (player == 0) {
            return body.show(group);
        }
        return group == 0 ? body.show(player) : body.show(player) + " in " + body.show(group);
    }
}
