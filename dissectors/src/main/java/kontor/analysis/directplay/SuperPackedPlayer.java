package kontor.analysis.directplay;

import java.util.List;
import java.util.function.LongFunction;
import kontor.analysis.dissect.Bits;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * docs/protocol/directplay4.md, "Super packed player": 20 bytes and then what its mask says. Player
 * data stands before service provider data.
 */
final class SuperPackedPlayer {

    private static final int SHORT_NAME = 0x1;
    private static final int LONG_NAME = 0x2;
    private static final int ADDRESS_SHIFT = 2;
    private static final int DATA_SHIFT = 4;
    private static final int PLAYERS_SHIFT = 6;
    private static final int PARENT = 0x100;
    private static final int SHORTCUTS_SHIFT = 9;

    private static final WordView FLAGS = PlayerFlags.ofPlayer("dplay.spp.flags");

    private static final WordView MASK =
            WordView.bits(
                    List.of(
                            Bits.flag(SHORT_NAME, "dplay.spp.pim.short_name", "short name"),
                            Bits.flag(LONG_NAME, "dplay.spp.pim.long_name", "long name"),
                            width(ADDRESS_SHIFT, "sp_length", "Service provider data"),
                            width(DATA_SHIFT, "pd_length", "Player data"),
                            width(PLAYERS_SHIFT, "player_count", "Players"),
                            Bits.flag(PARENT, "dplay.spp.pim.parent_id", "parent"),
                            width(SHORTCUTS_SHIFT, "shortcut_count", "Shortcuts")));

    private SuperPackedPlayer() {}

    /** Reads it and says {@code 0x0349281E "HST" "TheHost"}. */
    static String read(Cursor in, PlayerIds ids) {
        String[] shown = {""};
        in.group(
                "dplay.spp",
                "Super packed player",
                player -> {
                    shown[0] = readFields(player, ids);
                    return shown[0];
                });
        return shown[0];
    }

    private static String readFields(Cursor in, PlayerIds ids) {
        in.u32("dplay.spp.size", "Size of the first four words");
        long flags = in.u32("dplay.spp.flags", "Flags", FLAGS);
        long id = in.u32("dplay.spp.id", "Id", ids.view());
        long mask = in.u32("dplay.spp.pim", "What follows", MASK);
        if ((flags & PlayerFlags.SYSTEM_PLAYER) != 0) {
            in.u32("dplay.spp.dialect", "Version", Versions.view());
        } else {
            in.u32("dplay.spp.sysplayer_id", "System player of its machine", ids.view());
        }
        String shortName =
                (mask & SHORT_NAME) == 0 ? "" : in.wideText("dplay.spp.short_name", "Short name");
        String longName =
                (mask & LONG_NAME) == 0 ? "" : in.wideText("dplay.spp.long_name", "Long name");
        long dataLength =
                counted(in, mask >> DATA_SHIFT, "dplay.spp.pd_length", "Player data length");
        in.raw("dplay.spp.player_data", "Player data", dataLength);
        long addressLength =
                counted(
                        in,
                        mask >> ADDRESS_SHIFT,
                        "dplay.spp.sp_data_length",
                        "Service provider data length");
        ServiceProviderData.read(in, "dplay.spp.sp_data", addressLength);
        long players =
                counted(in, mask >> PLAYERS_SHIFT, "dplay.spp.player_count", "Number of players");
        for (long i = 0; i < players && in.isIntact(); i++) {
            in.u32("dplay.spp.player_id", "Player", ids.view());
        }
        if ((mask & PARENT) != 0) {
            in.u32("dplay.spp.parent_id", "Parent", ids.view());
        }
        long shortcuts =
                counted(
                        in,
                        mask >> SHORTCUTS_SHIFT,
                        "dplay.spp.shortcut_count",
                        "Number of shortcuts");
        for (long i = 0; i < shortcuts && in.isIntact(); i++) {
            in.u32("dplay.spp.shortcut_id", "Shortcut", ids.view());
        }
        return Quoted.of(in.isIntact() ? ids.show(id) : "", shortName, longName);
    }

    /** A number of 0, 1, 2 or 4 bytes, by two bits of the mask; 0 where it is not there. */
    private static long counted(Cursor in, long bits, String name, String label) {
        int width =
                switch ((int) bits & 3) {
                    case 0 -> 0;
                    case 1 -> 1;
                    case 2 -> 2;
                    default -> 4;
                };
        return width == 0 ? 0 : in.word(name, label, width, WordView.decimal());
    }

    private static Bits width(int shift, String name, String label) {
        LongFunction<String> shown =
                bits ->
                        switch ((int) bits) {
                            case 0 -> "not present";
                            case 1 -> "length of 1 byte";
                            case 2 -> "length of 2 bytes";
                            default -> "length of 4 bytes";
                        };
        return new Bits(3L << shift, "dplay.spp.pim." + name, label, shown);
    }
}
