package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * docs/protocol/directplay4.md, "Packed player": 48 bytes, then names, service provider data,
 * player data and, in groups, the ids of the players in it.
 */
final class PackedPlayer {

    static final int FIXED_LENGTH = 48;

    private static final WordView FLAGS = PlayerFlags.ofPlayer("dplay.pp.flags");

    private PackedPlayer() {}

    /** Reads it and says {@code 0x03492818 "CLN" "TheClient"}. */
    static String read(Cursor in, PlayerIds ids) {
        String[] shown = {""};
        in.group(
                "dplay.pp",
                "Packed player",
                player -> {
                    shown[0] = readFields(player, ids);
                    return shown[0];
                });
        return shown[0];
    }

    private static String readFields(Cursor in, PlayerIds ids) {
        in.u32("dplay.pp.size", "Size");
        in.u32("dplay.pp.flags", "Flags", FLAGS);
        long id = in.u32("dplay.pp.id", "Id", ids.view());
        long shortLength = in.u32("dplay.pp.short_name_len", "Short name length");
        long longLength = in.u32("dplay.pp.long_name_len", "Long name length");
        long addressLength = in.u32("dplay.pp.sp_data_size", "Service provider data length");
        long dataLength = in.u32("dplay.pp.player_data_size", "Player data length");
        long players = in.u32("dplay.pp.player_count", "Number of players");
        in.u32("dplay.pp.sysplayer_id", "System player of its machine", ids.view());
        long fixed = in.u32("dplay.pp.fixed_size", "Fixed size");
        in.u32("dplay.pp.dialect", "Version", Versions.view());
        in.u32("dplay.pp.unknown_1", "Parent", ids.view());
        if (in.isIntact() && fixed != FIXED_LENGTH) {
            in.fail("a packed player's fixed size is %d, not 48".formatted(fixed));
        }
        String shortName = in.wideText("dplay.pp.short_name", "Short name", shortLength);
        String longName = in.wideText("dplay.pp.long_name", "Long name", longLength);
        ServiceProviderData.read(in, "dplay.pp.sp_data", addressLength);
        in.raw("dplay.pp.player_data", "Player data", dataLength);
        for (long i = 0; i < players && in.isIntact(); i++) {
            in.u32("dplay.pp.player_id", "Player", ids.view());
        }
        return Quoted.of(in.isIntact() ? ids.show(id) : "", shortName, longName);
    }
}
