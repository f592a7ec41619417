package kontor.rewriting;

import kontor.vocabulary.Bytes;

/**
 * Bytes of an address that were replaced.
 *
 * @param at offset in the message, or datagram
 * @param from four bytes, or the part of them that is in this piece of a message
 * @param to as many
 * @param place what they are; with its offset in the whole that the piece is of
 */
public record Change(int at, Bytes from, Bytes to, Place place) {

    /** {@code 127.81.1.3 -> 127.82.1.3 (TCP address of a player in ADDFORWARD)}. */
    @Override
    public String toString() {
        return "%s -> %s (%s)".formatted(Dotted.of(from), Dotted.of(to), place);
    }
}
