package kontor.log;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** Addresses as adapters send them: 4 or 16 bytes, or something else that is kept all the same. */
public final class Addresses {

    private Addresses() {}

    /** The bytes; null where they are no address. */
    public static @Nullable Bytes orNull(ByteString address) {
        return address.size() == 4 || address.size() == 16
                ? Bytes.owning(address.toByteArray())
                : null;
    }

    /** {@code 127.1.0.2}; empty for none, {@code 0x} and digits for what is no address. */
    public static String text(ByteString address) {
        if (address.isEmpty()) {
            return "";
        }
        byte[] bytes = address.toByteArray();
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return "0x" + Bytes.owning(bytes).toHex();
        }
    }
}
