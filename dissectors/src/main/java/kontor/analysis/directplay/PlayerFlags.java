package kontor.analysis.directplay;

import java.util.List;
import kontor.analysis.dissect.Bits;
import kontor.analysis.dissect.WordView;

/**
 * docs/protocol/directplay4.md: the flags of packed and super packed players and of id requests.
 */
final class PlayerFlags {

    static final int SYSTEM_PLAYER = 0x1;

    private PlayerFlags() {}

    /** In a packed ({@code dplay.pp.flags}) or super packed player ({@code dplay.spp.flags}). */
    static WordView ofPlayer(String name) {
        return WordView.bits(
                List.of(
                        Bits.flag(SYSTEM_PLAYER, name + ".sysplayer", "system player"),
                        Bits.flag(0x2, name + ".nameserver", "name server"),
                        Bits.flag(0x4, name + ".in_group", "in a group"),
                        Bits.flag(0x8, name + ".sending", "on the sending machine")));
    }

    /**
     * In a request for an id. Wireshark takes 0x4 for "local" and calls 0x8 unknown; 0x8 is the
     * documented one.
     */
    static WordView ofRequest() {
        String name = "dplay.type_05.flags";
        return WordView.bits(
                List.of(
                        Bits.flag(SYSTEM_PLAYER, name + ".sys_player", "system player"),
                        Bits.flag(0x2, name + ".name_server", "name server"),
                        Bits.flag(0x4, name + ".in_group", "in a group"),
                        Bits.flag(0x8, name + ".local", "player is local"),
                        Bits.flag(0x200, name + ".secure", "secure session")));
    }
}
