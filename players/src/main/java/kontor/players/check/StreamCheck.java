package kontor.players.check;

import kontor.vocabulary.Bytes;

/**
 * One direction of a byte stream: what was sent, and what arrived of it.
 *
 * @param mismatchAt position of the first byte that is missing, wrong or too much; negative where
 *     all is well
 */
public record StreamCheck(long sentBytes, long receivedBytes, long mismatchAt) {

    public static StreamCheck of(Bytes sent, Bytes received) {
        int common = Math.min(sent.length(), received.length());
        for (int i = 0; i < common; i++) {
            if (sent.unsignedAt(i) != received.unsignedAt(i)) {
                return new StreamCheck(sent.length(), received.length(), i);
            }
        }
        boolean same = sent.length() == received.length();
        return new StreamCheck(sent.length(), received.length(), same ? -1 : common);
    }

    /** Every byte, in order, once. */
    public boolean exact() {
        return mismatchAt < 0;
    }
}
