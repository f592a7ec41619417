package kontor.captures.reading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import kontor.vocabulary.Bytes;

/**
 * Reads capture files, pcapng and classic pcap, of either byte order; the first word decides. A
 * file that breaks off within its last frame is read up to there: {@link Capture#brokenOff()}.
 */
public final class CaptureFile {

    static final int PCAPNG_SECTION_HEADER = 0x0A0D0D0A;

    /** A whole capture is kept in memory. */
    private static final long LARGEST = 256L << 20;

    private static final int GZIP = 0x1F8B;
    private static final int ZSTD = 0x28B52FFD;

    private CaptureFile() {}

    /**
     * @throws IOException if the file cannot be read
     * @throws CaptureException if it is no capture file, or is damaged
     */
    public static Capture read(Path file) throws IOException, CaptureException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new CaptureException(
                    LARGEST,
                    "the file has %d bytes, and at most %d are read: split it (editcap -c)"
                            .formatted(size, LARGEST));
        }
        return parse(Bytes.owning(Files.readAllBytes(file)));
    }

    /**
     * @throws CaptureException if this is no capture file, or is damaged
     */
    public static Capture parse(Bytes file) throws CaptureException {
        if (file.length() < 4) {
            throw new CaptureException(
                    0, "no capture file: it has only %d bytes".formatted(file.length()));
        }
        ByteBuffer buffer = file.asByteBuffer();
        int magic = buffer.getInt(0);
        if (magic == PCAPNG_SECTION_HEADER) {
            return new PcapngReader(file).read();
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            switch (buffer.order(order).getInt(0)) {
                case PcapReader.MICROSECONDS -> {
                    return new PcapReader(file, order, 1_000).read();
                }
                case PcapReader.NANOSECONDS -> {
                    return new PcapReader(file, order, 1).read();
                }
                default -> {
                    // The other order, then.
                }
            }
        }
        throw new CaptureException(
                0,
                "neither pcapng nor pcap: it begins with 0x%08X%s".formatted(magic, hint(magic)));
    }

    private static String hint(int magic) {
        if (magic >>> 16 == GZIP) {
            return " (compressed by gzip: unpack it first)";
        }
        return magic == ZSTD ? " (compressed by zstd: unpack it first)" : "";
    }
}
