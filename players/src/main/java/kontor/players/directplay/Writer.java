package kontor.players.directplay;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import kontor.vocabulary.Bytes;

/** A message under construction, little-endian. */
final class Writer {

    private static final int LARGEST = 2048;

    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST).order(ByteOrder.LITTLE_ENDIAN);

    int position() {
        return buffer.position();
    }

    Writer u8(int value) {
        buffer.put((byte) value);
        return this;
    }

    Writer u16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    Writer u32(int value) {
        buffer.putInt(value);
        return this;
    }

    Writer bytes(Bytes bytes) {
        buffer.put(bytes.asByteBuffer());
        return this;
    }

    Writer zeros(int count) {
        buffer.put(new byte[count]);
        return this;
    }

    /** A word further back, once its value is known. */
    Writer set32(int at, int value) {
        buffer.putInt(at, value);
        return this;
    }

    /** UTF-16LE with a terminating zero. */
    Writer text(String text) {
        buffer.put(utf16(text));
        return this;
    }

    static byte[] utf16(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_16LE);
    }

    /** Family, port and address in network order, eight zeros. */
    Writer socketAddress(int port, InetAddress address) {
        buffer.putShort((short) 2);
        buffer.order(ByteOrder.BIG_ENDIAN).putShort((short) port).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(address.getAddress());
        return zeros(8);
    }

    Bytes finish() {
        byte[] message = new byte[buffer.position()];
        buffer.flip().get(message);
        return Bytes.owning(message);
    }
}
