package kontor.analysis.directplay;

import java.util.List;
import kontor.analysis.dissect.Bits;
import kontor.analysis.dissect.WordView;

/** ENUMSESSIONS 0x02: who has a session of this game? (docs/protocol/directplay4.md) */
final class EnumSessions {

    private static final WordView FLAGS =
            WordView.bits(
                    List.of(
                            Bits.flag(0x1, "dplay.type02.joinable", "joinable only"),
                            Bits.flag(0x2, "dplay.type02.all", "all"),
                            Bits.flag(0x40, "dplay.type02.pw_req", "with password too")));

    private EnumSessions() {}

    static String read(Body body) {
        String game = body.in().guidText("dplay.type02.game.guid", "Game");
        long passwordOffset = body.u32("dplay.type02.password_offset", "Password offset");
        body.in().u32("dplay.type02.flags", "Flags", FLAGS);
        body.textAt("dplay.type02.password", "Password", passwordOffset);
        return game;
    }
}
