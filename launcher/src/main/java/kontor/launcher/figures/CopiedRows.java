package kontor.launcher.figures;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows in the binary format of PostgreSQL's COPY, which go into their table in parts, and are taken
 * out of it when this is closed. Not thread-safe.
 */
final class CopiedRows implements AutoCloseable {

    /** Signature, flags, length of an extension that is not there. */
    private static final int HEADER_BYTES = 19;

    private static final byte[] END = {-1, -1};
    private static final int CHUNK_BYTES = 64 * 1024;

    private final CopyManager copying;
    private final String copy;
    private final Removal removal;
    private final MappedByteBuffer bytes;

    /** Where each row begins, and where the last one ends. */
    private final List<Integer> bounds = new ArrayList<>();

    /** Takes the rows out of their table. */
    @FunctionalInterface
    interface Removal {

        void run() throws SQLException;
    }

    /**
     * @param copy the command that reads them from standard input
     * @param file of fewer than 2 GB; may be deleted afterwards
     */
    CopiedRows(CopyManager copying, String copy, Path file, Removal removal) throws IOException {
        this.copying = copying;
        this.copy = copy;
        this.removal = removal;
        try (FileChannel channel = FileChannel.open(file)) {
            this.bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        int at = HEADER_BYTES;
        bounds.add(at);
        for (short fields = bytes.getShort(at); fields >= 0; fields = bytes.getShort(at)) {
            at += Short.BYTES;
            for (int field = 0; field < fields; field++) {
                at += Integer.BYTES + Math.max(0, bytes.getInt(at));
            }
            bounds.add(at);
        }
    }

    int count() {
        return bounds.size() - 1;
    }

    /** Copies those from one to before another, in one transaction. */
    void copy(int from, int to) throws SQLException {
        CopyIn rows = copying.copyIn(copy);
        try {
            write(rows, 0, HEADER_BYTES);
            write(rows, bounds.get(from), bounds.get(to));
            rows.writeToCopy(END, 0, END.length);
            rows.endCopy();
        } finally {
            if (rows.isActive()) {
                rows.cancelCopy();
            }
        }
    }

    private void write(CopyIn rows, int from, int to) throws SQLException {
        byte[] chunk = new byte[Math.min(CHUNK_BYTES, to - from)];
        for (int at = from; at < to; at += chunk.length) {
            int length = Math.min(chunk.length, to - at);
            bytes.get(at, chunk, 0, length);
            rows.writeToCopy(chunk, 0, length);
        }
    }

    @Override
    public void close() throws SQLException {
        removal.run();
    }
}
