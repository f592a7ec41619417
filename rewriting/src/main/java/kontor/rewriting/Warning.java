package kontor.rewriting;

import kontor.vocabulary.Bytes;

/**
 * An address that the receiver gets as it was sent, though it may be of no use to it.
 *
 * @param address what is known of it
 * @param place in the message, or in the whole that it is a piece of
 */
public record Warning(Kind kind, Bytes address, Place place) {

    /** Why it was not rewritten. */
    public enum Kind {
        /** It means nobody in the sender's network. */
        NOBODYS("is nobody's in the network of the sender"),
        /** It means an instance for which the receiver has no IPv4 address. */
        OUT_OF_REACH("is that of an instance which the receiver cannot reach"),
        /** Pieces of a message were cut inside it, and its first part did not tell whose it is. */
        SPLIT("is cut by the pieces of a message before it was known whose it is"),
        /** A piece came before those in front of it. */
        OUT_OF_ORDER("is in a message whose pieces came out of order"),
        /** It was rewritten, but a signature covers it: the receiver may refuse the message. */
        SIGNED("is covered by a signature that does not fit any more"),
        /** The message is longer than is held back. */
        TOO_LONG("may be in a message that is too long to be looked at");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** {@code 192.168.56.1 (TCP address of a player in CREATEPLAYER) is nobody's ...}. */
    public String text() {
        return "%s (%s) %s".formatted(Dotted.of(address), place, kind.words);
    }

    /**
     * How a person mends it: for the address that a game names as its own, but that the lab file
     * does not know.
     */
    public String remedy(Way way) {
        return switch (kind) {
            case NOBODYS ->
                    "if it is an address of %s, add it to the instance in the lab file: address: [..., %s]"
                            .formatted(way.from(), Dotted.of(address));
            case OUT_OF_REACH ->
                    "give %s a peer address for it in the lab file".formatted(way.to());
            case SPLIT, OUT_OF_ORDER, SIGNED, TOO_LONG ->
                    "give the networks of all instances the same addresses: nothing is rewritten"
                            + " then";
        };
    }
}
