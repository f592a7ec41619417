package kontor.adapter.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import kontor.vocabulary.RunId;

/**
 * The layout of a record, big-endian, and its checksum.
 *
 * <pre>
 * 0   4  length of the message, at least 1
 * 4   4  CRC-32C of run, position of the record in the spool, length, sequence and message
 * 8   8  adapter sequence
 * 16     message
 * </pre>
 *
 * <p>Run and position are in the checksum though not in the record: bytes that are a record
 * elsewhere, an old block of the disk or a payload that was itself a spool, are none here.
 *
 * <p>Not thread-safe.
 */
final class RecordSeal {

    static final int LENGTH_AT = 0;
    static final int CHECKSUM_AT = 4;
    static final int SEQUENCE_AT = 8;
    static final int HEADER_BYTES = 16;

    /** Far above all that is ever read from a game in one go, and what a broker takes. */
    static final int LARGEST_MESSAGE = 4 << 20;

    private static final int POSITION_AT = 16;

    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer context = ByteBuffer.allocate(36);

    RecordSeal(RunId run) {
        context.putLong(run.value().getMostSignificantBits())
                .putLong(run.value().getLeastSignificantBits());
    }

    /** The checksum of a record; the buffer's position goes to its limit. */
    int of(long position, long sequence, ByteBuffer message) {
        context.putLong(POSITION_AT, position)
                .putInt(POSITION_AT + 8, message.remaining())
                .putLong(POSITION_AT + 12, sequence)
                .rewind();
        checksum.reset();
        checksum.update(context);
        checksum.update(message);
        return (int) checksum.getValue();
    }
}
