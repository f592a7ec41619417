package kontor.captures.reading;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kontor.vocabulary.Bytes;

/**
 * Reads capture files, pcapng and classic pcap, of either byte order; the first word decides. A
 * file that breaks off within its last frame is read up to there: {@link Capture#brokenOff()}.
 */
public final class CaptureFile {

    static final int PCAPNG_SECTION_HEADER = 0x0A0D0D0A;

    /** Of a capture that is kept in memory. */
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
        List<Frame> frames = new ArrayList<>();
        CaptureSummary found = read(new InMemory(file), frames::add);
        return new Capture(
                found.interfaces(),
                frames,
                found.untimed(),
                found.skippedBlocks(),
                found.dropped(),
                found.brokenOffOrNull());
    }

    /**
     * The frames of a file of any size: what is in memory is one frame.
     *
     * @throws UncheckedIOException when it is read, if the file cannot be
     */
    public static FrameSource source(Path file) {
        return sink -> {
            try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                return read(new OfStream(bytes, Files.size(file)), sink);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static CaptureSummary read(Input file, Consumer<Frame> sink) throws CaptureException {
        if (file.left() < 4) {
            throw new CaptureException(
                    0, "no capture file: it has only %d bytes".formatted(file.left()));
        }
        Bytes first = file.take(4);
        ByteBuffer buffer = first.asByteBuffer();
        int magic = buffer.getInt(0);
        if (magic == PCAPNG_SECTION_HEADER) {
            return new PcapngReader(file, sink).read(first);
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            switch (buffer.order(order).getInt(0)) {
                case PcapReader.MICROSECONDS -> {
                    return new PcapReader(file, sink, order, 1_000).read();
                }
                case PcapReader.NANOSECONDS -> {
                    return new PcapReader(file, sink, order, 1).read();
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

    private static final class InMemory implements Input {

        private final Bytes file;
        private int at;

        InMemory(Bytes file) {
            this.file = file;
        }

        @Override
        public long left() {
            return (long) file.length() - at;
        }

        @Override
        public Bytes take(int length) {
            Bytes taken = file.slice(at, length);
            at += length;
            return taken;
        }

        @Override
        public Bytes extend(Bytes last, int more) {
            at += more;
            return file.slice(at - more - last.length(), last.length() + more);
        }
    }

    private static final class OfStream implements Input {

        private final InputStream bytes;
        private long left;

        OfStream(InputStream bytes, long left) {
            this.bytes = bytes;
            this.left = left;
        }

        @Override
        public long left() {
            return left;
        }

        @Override
        public Bytes take(int length) {
            return extend(Bytes.empty(), length);
        }

        @Override
        public Bytes extend(Bytes last, int more) {
            try {
                byte[] all = new byte[last.length() + more];
                last.asByteBuffer().get(all, 0, last.length());
                if (bytes.readNBytes(all, last.length(), more) < more) {
                    throw new EOFException("the file became shorter while it was read");
                }
                left -= more;
                return Bytes.owning(all);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String hint(int magic) {
        if (magic >>> 16 == GZIP) {
            return " (compressed by gzip: unpack it first)";
        }
        return magic == ZSTD ? " (compressed by zstd: unpack it first)" : "";
    }
}
