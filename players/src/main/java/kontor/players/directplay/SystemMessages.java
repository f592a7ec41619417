package kontor.players.directplay;

import java.util.List;
import kontor.vocabulary.Bytes;

/**
 * Builds system messages of one machine, byte for byte as DirectPlay 8 (version 14) does.
 *
 * @param tcpPort on which the machine listens: in each message's header
 */
public record SystemMessages(int tcpPort) {

    static final int MASK_SHORT_NAME = 0x01;
    static final int MASK_LONG_NAME = 0x02;

    /** The data's length is one byte. */
    static final int MASK_SP_DATA = 0x04;

    private static final int TOKEN = 0xFAB << 20;
    private static final int VERSION = 14;
    private static final int SP_DATA_LENGTH = 32;

    /** For a search: only sessions that can be joined. */
    private static final int JOINABLE = 1;

    private static final int SYSTEM_PLAYER = 9;
    private static final int ORDINARY_PLAYER = 8;

    private static final int MASK_MEMBERS = 0x40;
    private static final int GROUP_FLAGS = 0x48;

    public Bytes enumSessions() {
        return message(
                Command.ENUMSESSIONS,
                out -> out.bytes(SessionDescription.ANNO_1602).u32(0).u32(JOINABLE));
    }

    public Bytes enumSessionsReply(SessionDescription session, String name) {
        return message(
                Command.ENUMSESSIONSREPLY,
                out -> {
                    session.writeTo(out);
                    out.u32(out.position() + 4 - SystemMessage.BASE).text(name);
                });
    }

    public Bytes requestPlayerId(boolean system) {
        return message(
                Command.REQUESTPLAYERID, out -> out.u32(system ? SYSTEM_PLAYER : ORDINARY_PLAYER));
    }

    public Bytes requestPlayerReply(int id) {
        return message(Command.REQUESTPLAYERREPLY, out -> out.u32(id).zeros(36));
    }

    /** With an empty password, and the session's key as its last word. */
    public Bytes addForwardRequest(Player player, int key) {
        return message(
                Command.ADDFORWARDREQUEST,
                out -> {
                    create(out, player);
                    out.set32(SystemMessage.BODY_AT + 16, out.position() - SystemMessage.BASE);
                    out.text("").u32(key);
                });
    }

    public Bytes addForward(Player player) {
        return message(Command.ADDFORWARD, out -> create(out, player));
    }

    public Bytes addForwardAck(int id) {
        return message(Command.ADDFORWARDACK, out -> out.u32(id));
    }

    public Bytes createPlayer(Player player) {
        return message(
                Command.CREATEPLAYER,
                out -> {
                    create(out, player);
                    out.zeros(6);
                });
    }

    public Bytes createPlayerVerify(Player player) {
        return message(
                Command.CREATEPLAYERVERIFY,
                out -> {
                    create(out, player);
                    out.zeros(6);
                });
    }

    /** ADDPLAYERTOGROUP, DELETEPLAYERFROMGROUP; DELETEPLAYER with group 0. */
    public Bytes member(Command command, int player, int group) {
        return message(command, out -> out.u32(0).u32(player).u32(group).zeros(8));
    }

    public Bytes ping(int systemId, int tick) {
        return message(Command.PING, out -> out.u32(systemId).u32(tick));
    }

    public Bytes pingReply(int systemId, int tick) {
        return message(Command.PINGREPLY, out -> out.u32(systemId).u32(tick));
    }

    /**
     * @param players the newcomer first
     * @param members ids of the players in the group
     */
    public Bytes superEnumPlayersReply(
            SessionDescription session,
            String sessionName,
            List<Player> players,
            int group,
            int groupSystemId,
            List<Integer> members) {
        return message(
                Command.SUPERENUMPLAYERSREPLY,
                out -> {
                    out.u32(players.size()).u32(1);
                    int offsets = out.position();
                    out.u32(0).u32(0).u32(0).u32(0).u32(0);
                    out.set32(offsets + 8, out.position() - SystemMessage.BASE);
                    session.writeTo(out);
                    out.set32(offsets + 12, out.position() - SystemMessage.BASE);
                    out.text(sessionName);
                    out.set32(offsets, out.position() - SystemMessage.BASE);
                    players.forEach(player -> superPacked(out, player));
                    out.u32(16).u32(GROUP_FLAGS).u32(group);
                    out.u32(MASK_MEMBERS | MASK_SHORT_NAME | MASK_LONG_NAME).u32(groupSystemId);
                    out.text(sessionName).text(sessionName).u8(members.size());
                    members.forEach(out::u32);
                });
    }

    private static void superPacked(Writer out, Player player) {
        boolean named = !player.shortName().isEmpty();
        out.u32(16).u32(player.flagsInTable()).u32(player.id());
        out.u32(MASK_SP_DATA | (named ? MASK_SHORT_NAME | MASK_LONG_NAME : 0));
        out.u32(player.system() ? VERSION : player.systemId());
        if (named) {
            out.text(player.shortName()).text(player.longName());
        }
        out.u8(SP_DATA_LENGTH);
        addresses(out, player);
    }

    /** The create layout up to the end of the packed player, without a password. */
    private static void create(Writer out, Player player) {
        out.u32(0).u32(player.id()).u32(0);
        out.u32(out.position() + 8 - SystemMessage.BASE).u32(0);
        int begin = out.position();
        boolean named = !player.shortName().isEmpty();
        out.u32(0).u32(player.flagsWhenNew()).u32(player.id());
        out.u32(named ? Writer.utf16(player.shortName()).length : 0);
        out.u32(named ? Writer.utf16(player.longName()).length : 0);
        out.u32(SP_DATA_LENGTH).u32(0).u32(0).u32(player.systemId());
        out.u32(48).u32(VERSION).u32(0);
        if (named) {
            out.text(player.shortName()).text(player.longName());
        }
        addresses(out, player);
        out.set32(begin, out.position() - begin);
    }

    private static void addresses(Writer out, Player player) {
        out.socketAddress(player.tcpPort(), player.address());
        out.socketAddress(player.udpPort(), player.address());
    }

    private Bytes message(Command command, Body body) {
        Writer out = new Writer();
        out.u32(0).socketAddress(tcpPort, Player.WHERE_THIS_CAME_FROM);
        out.bytes(Bytes.ofHex("706c6179")).u16(command.number()).u16(VERSION);
        body.writeTo(out);
        return out.set32(0, TOKEN | out.position()).finish();
    }

    @FunctionalInterface
    private interface Body {
        void writeTo(Writer out);
    }
}
