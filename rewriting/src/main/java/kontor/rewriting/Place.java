package kontor.rewriting;

/**
 * Four bytes of a message that are an IPv4 address.
 *
 * @param at offset of the first one
 * @param command of the message that holds it; {@link #NO_COMMAND} in a player message
 */
public record Place(int at, Part part, int command) {

    static final int LENGTH = 4;

    /** Of a player message. */
    static final int NO_COMMAND = -1;

    /** Which address of a message it is. */
    public enum Part {
        /** Where the sender listens. */
        REPLY("reply address", "dplay.saddr.ip"),
        /** Of a player's machine. */
        TCP("TCP address of a player", "dplay.sp_data.tcp.ip"),
        /** Of a player's machine. */
        UDP("UDP address of a player", "dplay.sp_data.udp.ip");

        private final String words;
        private final String field;

        Part(String words, String field) {
            this.words = words;
            this.field = field;
        }

        /** As filters and rules name it. */
        public String field() {
            return field;
        }
    }

    int end() {
        return at + LENGTH;
    }

    /** {@code TCP address of a player in SUPERENUMPLAYERSREPLY}. */
    @Override
    public String toString() {
        return "%s in %s".formatted(part.words, Commands.nameOf(command));
    }
}
