package kontor.captures.reading;

import java.net.InetAddress;
import java.net.UnknownHostException;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** IPv4 addresses, of which a capture has few, again and again. Not thread-safe. */
final class Addresses {

    /** A power of two. */
    private static final int KEPT = 256;

    private final @Nullable InetAddress[] kept = new InetAddress[KEPT];
    private final int[] numbers = new int[KEPT];

    /**
     * The address of the four bytes from {@code at} on.
     *
     * @throws IndexOutOfBoundsException if they are not all there
     */
    InetAddress of(Bytes data, int at) {
        int number = (LinkLayer.u16(data, at) << 16) | LinkLayer.u16(data, at + 2);
        int place = (number ^ (number >>> 8)) & (KEPT - 1);
        InetAddress known = kept[place];
        if (known != null && numbers[place] == number) {
            return known;
        }
        InetAddress found = parse(data.slice(at, 4));
        kept[place] = found;
        numbers[place] = number;
        return found;
    }

    private static InetAddress parse(Bytes bytes) {
        try {
            return InetAddress.getByAddress(bytes.toByteArray());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
