package kontor.analysis.directplay;

import java.util.List;
import kontor.analysis.dissect.Bits;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * docs/protocol/directplay4.md, "Session description": 80 bytes.
 *
 * @param players now, without system players
 */
record SessionDescription(long players, long mostPlayers) {

    static final int LENGTH = 80;

    /** Reserved 1, which is the session key. */
    public static final String KEY_FIELD = "dplay.sess_desc.res_1";

    private static final WordView FLAGS =
            WordView.bits(
                    List.of(
                            flag(0x1, "no_create_players", "NEWPLAYERSDISABLED"),
                            flag(0x2, "unused", "undocumented bit 1"),
                            flag(0x4, "migrate_host", "MIGRATEHOST"),
                            flag(0x8, "short_player_msg", "NOMESSAGEID"),
                            Bits.flag(0x10, "dplay.ignored", "undocumented bit 4"),
                            // Wireshark's can_join, which says the opposite of what the bit means.
                            flag(0x20, "join_disabled", "JOINDISABLED"),
                            flag(0x40, "use_ping", "KEEPALIVE"),
                            flag(0x80, "no_player_updates", "NODATAMESSAGES"),
                            flag(0x100, "use_auth", "SECURESERVER"),
                            flag(0x200, "priv_sess", "PRIVATE"),
                            flag(0x400, "pass_req", "PASSWORDREQUIRED"),
                            flag(0x800, "route", "MULTICASTSERVER"),
                            flag(0x1000, "srv_p_only", "CLIENTSERVER"),
                            flag(0x2000, "reliable", "DIRECTPLAYPROTOCOL"),
                            flag(0x4000, "order", "NOPRESERVEORDER"),
                            flag(0x8000, "opt_latency", "OPTIMIZELATENCY"),
                            flag(0x1_0000, "acq_voice", "ACQUIREVOICE"),
                            flag(0x2_0000, "no_sess_desc", "NOSESSIONDESCMESSAGES")));

    private static Bits flag(long mask, String name, String label) {
        return Bits.flag(mask, "dplay.flags." + name, label);
    }

    static SessionDescription read(Cursor in) {
        SessionDescription[] read = {new SessionDescription(0, 0)};
        in.group(
                "dplay.sess_desc",
                "Session description",
                session -> {
                    session.u32("dplay.sess_desc.length", "Length");
                    session.u32("dplay.flags", "Session flags", FLAGS);
                    session.guid("dplay.instance.guid", "Session instance");
                    session.guid("dplay.game.guid", "Game");
                    long most = session.u32("dplay.sess_desc.max_players", "Most players");
                    long now = session.u32("dplay.sess_desc.curr_players", "Players now");
                    hex(session, "dplay.sess_desc.name_ptr", "Name pointer (meaningless)");
                    hex(session, "dplay.sess_desc.pw_ptr", "Password pointer (meaningless)");
                    hex(session, KEY_FIELD, "Reserved 1: session key");
                    hex(session, "dplay.sess_desc.res_2", "Reserved 2");
                    hex(session, "dplay.sess_desc.user_1", "Application word 1");
                    hex(session, "dplay.sess_desc.user_2", "Application word 2");
                    hex(session, "dplay.sess_desc.user_3", "Application word 3");
                    hex(session, "dplay.sess_desc.user_4", "Application word 4");
                    read[0] = new SessionDescription(now, most);
                    return read[0].toSummary();
                });
        return read[0];
    }

    String toSummary() {
        return players + "/" + mostPlayers + " players";
    }

    private static void hex(Cursor in, String name, String label) {
        in.u32(name, label, WordView.hex());
    }
}
