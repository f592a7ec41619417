package kontor.captures.export;

import java.net.InetSocketAddress;

/**
 * A flow of a session.
 *
 * @param number in the session
 * @param opener addressed as the opener's game sees it
 * @param target so, too
 */
public record RecordedFlow(int number, boolean tcp, End opener, End target) {

    /**
     * One end.
     *
     * @param instance empty for a broadcast, or where no instance has that address
     */
    public record End(String instance, InetSocketAddress address) {}

    public End end(boolean opening) {
        return opening ? opener : target;
    }

    boolean broadcast() {
        byte[] address = target.address().getAddress().getAddress();
        return !tcp && target.instance().isEmpty() && address[address.length - 1] == -1;
    }
}
