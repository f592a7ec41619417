package kontor.players.directplay;

import kontor.vocabulary.Bytes;

/**
 * What a host tells of its session: 80 bytes.
 *
 * @param instance 16 bytes, new for each session
 * @param key from which the ids are made
 */
public record SessionDescription(Bytes instance, int mostPlayers, int players, int key) {

    /** Anno 1602, {DE54D321-A1E6-11D0-8E76-00608C96C148} as it is on the wire. */
    public static final Bytes ANNO_1602 = Bytes.ofHex("21d354dee6a1d0118e7600608c96c148");

    static final int LENGTH = 80;

    private static final int INSTANCE_AT = 8;
    private static final int MOST_PLAYERS_AT = 40;
    private static final int PLAYERS_AT = 44;
    private static final int KEY_AT = 56;

    /** MIGRATEHOST and KEEPALIVE. */
    private static final int FLAGS = 0x44;

    /** The id of row {@code index} of the host's table. */
    public int id(int counter, int index) {
        return key ^ (counter << 16 | index);
    }

    public SessionDescription withPlayers(int count) {
        return new SessionDescription(instance, mostPlayers, count, key);
    }

    void writeTo(Writer out) {
        out.u32(LENGTH).u32(FLAGS).bytes(instance).bytes(ANNO_1602);
        out.u32(mostPlayers).u32(players).zeros(8).u32(key).zeros(20);
    }

    static SessionDescription readFrom(SystemMessage message, int at) {
        return new SessionDescription(
                message.bytes().slice(at + INSTANCE_AT, 16),
                message.u32(at + MOST_PLAYERS_AT),
                message.u32(at + PLAYERS_AT),
                message.u32(at + KEY_AT));
    }
}
