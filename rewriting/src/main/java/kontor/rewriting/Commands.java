package kontor.rewriting;

import java.util.Map;

/** The commands that hold addresses (docs/protocol/directplay4.md, "Where addresses are"). */
final class Commands {

    static final int ENUMPLAYERSREPLY = 0x03;
    static final int CREATEPLAYER = 0x08;
    static final int CREATEGROUP = 0x09;
    static final int ADDFORWARDREQUEST = 0x13;
    static final int PACKET = 0x15;
    static final int PLAYERWRAPPER = 0x19;
    static final int SIGNED = 0x22;
    static final int ASK4MULTICAST = 0x25;
    static final int ASK4MULTICASTGUARANTEED = 0x26;
    static final int SUPERENUMPLAYERSREPLY = 0x29;
    static final int ADDFORWARD = 0x2E;
    static final int PACKET2_DATA = 0x30;
    static final int IAMNAMESERVER = 0x35;
    static final int MULTICASTDELIVERY = 0x37;
    static final int CREATEPLAYERVERIFY = 0x38;

    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(ENUMPLAYERSREPLY, "ENUMPLAYERSREPLY"),
                    Map.entry(CREATEPLAYER, "CREATEPLAYER"),
                    Map.entry(CREATEGROUP, "CREATEGROUP"),
                    Map.entry(ADDFORWARDREQUEST, "ADDFORWARDREQUEST"),
                    Map.entry(PACKET, "PACKET"),
                    Map.entry(PLAYERWRAPPER, "PLAYERWRAPPER"),
                    Map.entry(SIGNED, "SIGNED"),
                    Map.entry(ASK4MULTICAST, "ASK4MULTICAST"),
                    Map.entry(ASK4MULTICASTGUARANTEED, "ASK4MULTICASTGUARANTEED"),
                    Map.entry(SUPERENUMPLAYERSREPLY, "SUPERENUMPLAYERSREPLY"),
                    Map.entry(ADDFORWARD, "ADDFORWARD"),
                    Map.entry(PACKET2_DATA, "PACKET2_DATA"),
                    Map.entry(IAMNAMESERVER, "IAMNAMESERVER"),
                    Map.entry(MULTICASTDELIVERY, "MULTICASTDELIVERY"),
                    Map.entry(CREATEPLAYERVERIFY, "CREATEPLAYERVERIFY"));

    private Commands() {}

    /** Whether there may be addresses behind the header of such a message. */
    static boolean holdAddresses(int command) {
        return NAMES.containsKey(command);
    }

    static boolean isPiece(int command) {
        return command == PACKET || command == PACKET2_DATA;
    }

    static String nameOf(int command) {
        return command == Place.NO_COMMAND
                ? "a player message"
                : NAMES.getOrDefault(command, "command 0x%02X".formatted(command));
    }
}
