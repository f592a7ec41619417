package kontor.players.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import kontor.vocabulary.Bytes;

/** Reads capture files, pcapng and classic pcap, of either byte order; the first word tells. */
public final class CaptureFile {

    static final int PCAPNG_SECTION_HEADER = 0x0A0D0D0A;

    private CaptureFile() {}

    /**
     * @throws IOException where the file cannot be read
     * @throws CaptureException where it is no capture file, or breaks off
     */
    public static Capture read(Path file) throws IOException, CaptureException {
        return parse(Bytes.owning(Files.readAllBytes(file)));
    }

    /**
     * @throws CaptureException where this is no capture file, or breaks off
     */
    public static Capture parse(Bytes file) throws CaptureException {
        if (file.length() < 4) {
            throw new CaptureException(0, "no capture file: it has only " + file);
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
                0, "neither pcapng nor pcap: it begins with 0x%08X".formatted(magic));
    }
}
