package kontor.players.directplay;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.vocabulary.Bytes;

/**
 * A received system message: the service provider's header of 20 bytes, "play", command, version,
 * body. Getters for a command's own fields may only be asked of that command.
 *
 * <p>Reading fields that are not there throws IndexOutOfBoundsException.
 */
public record SystemMessage(Bytes bytes) {

    /** Offsets inside messages count from here. */
    static final int BASE = 20;

    static final int PORT_AT = 6;
    static final int COMMAND_AT = 24;
    static final int BODY_AT = 28;

    private static final int SIZE_MASK = 0xFFFFF;
    private static final int MAGIC = 0x79616C70;

    private static final int SESSION_NAME_AT = 112;
    private static final int NEW_ID_AT = 28;
    private static final int RESULT_AT = 64;
    private static final int PACKED_OFFSET_AT = 40;
    private static final int MEMBER_PLAYER_AT = 32;
    private static final int PING_TICK_AT = 32;

    private static final int PACKED_FIXED = 48;
    private static final int SUPER_PACKED_FIXED = 20;

    /** Size of the message that begins with this word; 20 at least, or it is none. */
    public static int sizeOf(Bytes fourBytes) {
        return fourBytes.asLittleEndianBuffer().getInt(0) & SIZE_MASK;
    }

    /** A datagram that is a system message; empty for one of the game's own. */
    public static Optional<SystemMessage> ofDatagram(Bytes datagram) {
        return datagram.length() >= BODY_AT && sizeOf(datagram) == datagram.length()
                ? of(datagram)
                : Optional.empty();
    }

    /** A whole message out of a stream; empty if it is none of the system's. */
    public static Optional<SystemMessage> of(Bytes message) {
        return message.length() >= BODY_AT && message.asLittleEndianBuffer().getInt(BASE) == MAGIC
                ? Optional.of(new SystemMessage(message))
                : Optional.empty();
    }

    /** Cuts a stream into messages; what is no whole message comes last, in one piece. */
    public static List<Bytes> cut(Bytes stream) {
        List<Bytes> messages = new ArrayList<>();
        int at = 0;
        while (stream.length() - at >= 4) {
            int size = sizeOf(stream.slice(at, 4));
            if (size < BASE || size > stream.length() - at) {
                break;
            }
            messages.add(stream.slice(at, size));
            at += size;
        }
        if (at < stream.length()) {
            messages.add(stream.from(at));
        }
        return messages;
    }

    public Command command() {
        return Command.of(u16(COMMAND_AT));
    }

    /** TCP port on which the sender listens. */
    public int listeningPort() {
        return bytes.unsignedAt(PORT_AT) << 8 | bytes.unsignedAt(PORT_AT + 1);
    }

    /** ENUMSESSIONSREPLY. */
    public SessionDescription session() {
        return SessionDescription.readFrom(this, BODY_AT);
    }

    /** ENUMSESSIONSREPLY. */
    public String sessionName() {
        return text(SESSION_NAME_AT);
    }

    /** REQUESTPLAYERID: whether it is for a system player, which is the request to join. */
    public boolean asksForSystemPlayer() {
        return (u32(BODY_AT) & 1) != 0;
    }

    /** REQUESTPLAYERREPLY. */
    public int newId() {
        return u32(NEW_ID_AT);
    }

    /** REQUESTPLAYERREPLY: 0 for success. */
    public int result() {
        return u32(RESULT_AT);
    }

    /** ADDFORWARDACK. */
    public int acknowledgedId() {
        return u32(BODY_AT);
    }

    /** PING, PINGREPLY. */
    public int tick() {
        return u32(PING_TICK_AT);
    }

    /** DELETEPLAYER, ADDPLAYERTOGROUP, DELETEPLAYERFROMGROUP. */
    public int memberPlayer() {
        return u32(MEMBER_PLAYER_AT);
    }

    /** The new player of CREATEPLAYER, ADDFORWARDREQUEST, ADDFORWARD, CREATEPLAYERVERIFY. */
    public Player packedPlayer() {
        int at = BASE + u32(PACKED_OFFSET_AT);
        int flags = u32(at + 4);
        int shortLength = u32(at + 12);
        int longLength = u32(at + 16);
        int names = at + PACKED_FIXED;
        int data = names + shortLength + longLength;
        return player(
                u32(at + 8),
                u32(at + 32),
                flags,
                shortLength == 0 ? "" : text(names),
                longLength == 0 ? "" : text(names + shortLength),
                data);
    }

    /** The machines of a SUPERENUMPLAYERSREPLY: its system players, whose addresses are known. */
    public List<Player> machines() {
        List<Player> machines = new ArrayList<>();
        int at = BASE + u32(BODY_AT + 8);
        for (int left = u32(BODY_AT); left > 0; left--) {
            int mask = u32(at + 12);
            int next = at + SUPER_PACKED_FIXED;
            for (int names = mask & 3; names != 0; names &= names - 1) {
                next += Writer.utf16(text(next)).length;
            }
            if ((mask & SystemMessages.MASK_SP_DATA) != 0) {
                int id = u32(at + 8);
                if (Player.system(u32(at + 4))) {
                    machines.add(player(id, id, u32(at + 4), "", "", next + 1));
                }
                next += 1 + bytes.unsignedAt(next);
            }
            at = next;
        }
        return machines;
    }

    private Player player(
            int id, int systemId, int flags, String shortName, String longName, int spData) {
        return new Player(
                id,
                systemId,
                Player.nameServer(flags),
                shortName,
                longName,
                address(spData + 4),
                bytes.unsignedAt(spData + 2) << 8 | bytes.unsignedAt(spData + 3),
                bytes.unsignedAt(spData + 18) << 8 | bytes.unsignedAt(spData + 19));
    }

    private InetAddress address(int at) {
        try {
            return InetAddress.getByAddress(bytes.slice(at, 4).toByteArray());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    int u32(int at) {
        return bytes.asLittleEndianBuffer().getInt(at);
    }

    private int u16(int at) {
        return Short.toUnsignedInt(bytes.asLittleEndianBuffer().getShort(at));
    }

    private String text(int at) {
        int end = at;
        while (u16(end) != 0) {
            end += 2;
        }
        return new String(bytes.slice(at, end - at).toByteArray(), UTF_16LE);
    }
}
