package kontor.players.directplay;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import kontor.vocabulary.Bytes;

/**
 * Builds Anno 1602's own datagrams: from and to, action, size, body; mostly records behind a head
 * of their count and length.
 *
 * @param from the player's id
 * @param group the id of the group that all players are in
 */
public record GameMessages(int from, int group) {

    private static final int PLAYER_TABLE = 0x07D9;
    private static final int MOVE = 0x0836;
    private static final int VALUES = 0x084F;
    private static final int CHAT = 0x0853;

    private static final int PLACES = 4;
    private static final int CHAT_TEXT = 60;
    private static final int EVERYBODY = 0xFF;
    private static final int VALUE_RECORD = 12;
    private static final int IDS = 8;
    private static final int SIZE_AT = 12;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Which player has which of the four places. */
    public Bytes playerTable(List<Integer> players) {
        Writer out = begin(PLAYER_TABLE).u32(players.size());
        for (int place = 0; place < PLACES; place++) {
            boolean taken = place < players.size();
            out.u32(taken ? place : -1).u32(taken ? players.get(place) : -1);
        }
        return finish(out);
    }

    /** Settings, each with its value from now on. */
    public Bytes values(List<Value> values) {
        Writer out = begin(VALUES).u32(values.size()).u32(VALUE_RECORD);
        for (Value value : values) {
            out.u32(value.thing()).u16(value.which()).u16(value.index()).u32(value.now());
        }
        return finish(out);
    }

    /** A ship sets out for somewhere. */
    public Bytes move(int ship, int position, int destination, List<Integer> turns) {
        Writer out = begin(MOVE).u32(1).u32(12 + 2 * turns.size());
        out.u32(position).u16(0).u16(ship).u8(0x37).u8(0).u16(destination);
        turns.forEach(out::u16);
        return finish(out);
    }

    /** To everybody; a text beyond 59 characters is cut. */
    public Bytes chat(int fromPlace, String text) {
        byte[] field = Arrays.copyOf(text.getBytes(WINDOWS), CHAT_TEXT);
        field[CHAT_TEXT - 1] = 0;
        Writer out = begin(CHAT).u32(1).u32(8 + CHAT_TEXT);
        out.u16(0).u16(EVERYBODY).u16(fromPlace).u16(0).bytes(Bytes.owning(field));
        return finish(out);
    }

    /**
     * One record of VALUES.
     *
     * @param thing kind and number of what it is about
     * @param which of its values
     * @param index within that value
     */
    public record Value(int thing, int which, int index, int now) {

        private static final int ISLAND = 0x35;
        private static final int TREASURY = 0xFF39;
        private static final int STOCK = 0x1214;
        private static final int TAX = 0x3331;
        private static final int MONEY = 0x002C;

        /** Stock of a ware in an island's store, which counts in 1/32 t. */
        public static Value stock(int ware, int tons) {
            return new Value(ISLAND, STOCK, ware, 32 * tons);
        }

        public static Value tax(int level, int rate) {
            return new Value(ISLAND, TAX, level, rate);
        }

        public static Value money(int coins) {
            return new Value(TREASURY, MONEY, 0, coins);
        }
    }

    private Writer begin(int action) {
        return new Writer().u32(from).u32(group).u32(action).u32(0);
    }

    private static Bytes finish(Writer out) {
        return out.set32(SIZE_AT, out.position() - IDS).finish();
    }
}
