package kontor.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One COPY in PostgreSQL's binary format: rows of fields, in the order of the columns, null for SQL
 * null. Sends as it goes, so memory does not grow with the number of rows. Not thread-safe; blocks.
 * A text's zero characters, which PostgreSQL does not have, become U+FFFD.
 *
 * <p>The format is that of the COPY command's reference: signature, flags, extension length; per
 * row a count of fields, per field its length or -1; -1 in place of a count at the end.
 */
public final class CopyRows {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final short END = -1;
    private static final int NULL = -1;
    private static final int FLUSH_BYTES = 64 * 1024;

    /** PostgreSQL counts microseconds from here. */
    private static final long EPOCH_MICROS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond() * 1_000_000;

    private static final byte INET_FAMILY_IPV4 = 2;
    private static final byte INET_FAMILY_IPV6 = 3;
    private static final byte JSONB_VERSION = 1;

    private final CopyIn copy;
    private ByteBuffer buffer = ByteBuffer.allocate(2 * FLUSH_BYTES);

    private CopyRows(CopyIn copy) {
        this.copy = copy;
        buffer.put(HEADER);
    }

    /** Writes the rows of one table. */
    @FunctionalInterface
    public interface Rows {

        void writeTo(CopyRows copy) throws SQLException;
    }

    /**
     * Runs one COPY to its end, or takes it back, in the connection's transaction.
     *
     * @param connection of PostgreSQL's driver, or a wrapper of one
     * @param table with its columns in brackets
     * @return how many rows the database took
     * @throws SQLException if a row is there already, among others
     */
    public static long into(Connection connection, String table, Rows rows) throws SQLException {
        CopyIn copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin (format binary)");
        try {
            CopyRows writer = new CopyRows(copy);
            rows.writeTo(writer);
            writer.room(Short.BYTES).putShort(END);
            writer.flush();
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Begins a row; as many fields have to follow. */
    public CopyRows row(int fields) throws SQLException {
        if (buffer.position() >= FLUSH_BYTES) {
            flush();
        }
        room(Short.BYTES).putShort((short) fields);
        return this;
    }

    public CopyRows uuid(@Nullable UUID value) {
        if (value == null) {
            return none();
        }
        room(Integer.BYTES + 16)
                .putInt(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
        return this;
    }

    public CopyRows bigint(@Nullable Long value) {
        if (value == null) {
            return none();
        }
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    public CopyRows integer(@Nullable Integer value) {
        if (value == null) {
            return none();
        }
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    public CopyRows bool(@Nullable Boolean value) {
        if (value == null) {
            return none();
        }
        room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    public CopyRows timestamptz(@Nullable Long microsSince1970) {
        return bigint(microsSince1970 == null ? null : microsSince1970 - EPOCH_MICROS);
    }

    public CopyRows text(@Nullable String value) {
        return value == null ? none() : bytes(storable(value).getBytes(UTF_8));
    }

    public CopyRows jsonb(@Nullable String value) {
        if (value == null) {
            return none();
        }
        byte[] text = storableJson(value).getBytes(UTF_8);
        room(Integer.BYTES + 1 + text.length).putInt(1 + text.length).put(JSONB_VERSION).put(text);
        return this;
    }

    public CopyRows bytea(@Nullable Bytes value) {
        if (value == null) {
            return none();
        }
        room(Integer.BYTES + value.length()).putInt(value.length()).put(value.asByteBuffer());
        return this;
    }

    /** An address without a network. */
    public CopyRows inet(@Nullable Bytes address) {
        if (address == null) {
            return none();
        }
        int length = address.length();
        room(2 * Integer.BYTES + length)
                .putInt(Integer.BYTES + length)
                .put(length == 4 ? INET_FAMILY_IPV4 : INET_FAMILY_IPV6)
                .put((byte) (length * 8))
                .put((byte) 0)
                .put((byte) length)
                .put(address.asByteBuffer());
        return this;
    }

    /** PostgreSQL's text has no NUL character; nothing that somebody sends may stop the journal. */
    public static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** The same for JSON text, where it is written as an escape. */
    public static String storableJson(String json) {
        return storable(json).replace("\\u0000", "\\ufffd");
    }

    private CopyRows none() {
        room(Integer.BYTES).putInt(NULL);
        return this;
    }

    private CopyRows bytes(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = buffer.position() + bytes;
            byte[] larger = Arrays.copyOf(buffer.array(), Math.max(needed, 2 * buffer.capacity()));
            buffer = ByteBuffer.wrap(larger).position(buffer.position());
        }
        return buffer;
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
