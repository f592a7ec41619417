package kontor.simulation.game;

import java.nio.ByteBuffer;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A message that no game wrote, for a place in a stream.
 *
 * @param stream into which it goes
 * @param position how much the game has written into it before
 * @param number of its own
 */
public record Insertion(long stream, long position, int number) {

    /** No numbered bytes begin like this. */
    private static final long MARK = 0x4B6F6E746F723A49L;

    private static final int LENGTH = 28;

    public Bytes bytes() {
        ByteBuffer content = ByteBuffer.allocate(LENGTH);
        content.putLong(MARK).putLong(stream).putLong(position).putInt(number);
        return Bytes.owning(content.array());
    }

    /** What these bytes are, if no game wrote them. */
    static @Nullable Insertion read(Bytes bytes) {
        ByteBuffer content = bytes.asByteBuffer();
        return bytes.length() == LENGTH && content.getLong() == MARK
                ? new Insertion(content.getLong(), content.getLong(), content.getInt())
                : null;
    }
}
