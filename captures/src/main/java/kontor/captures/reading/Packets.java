package kontor.captures.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All packets of a capture in order of time; of several at the same time, in the order of the file.
 * Every frame is in exactly one of them.
 */
public record Packets(List<Packet> all) {

    public Packets {
        all = List.copyOf(all);
    }

    /** Never fails: what cannot be read is {@link Packet.Other}. */
    public static Packets of(Capture capture) {
        List<Frame> byTime = new ArrayList<>(capture.frames());
        // Stable: the order of the file stays where times are equal.
        byTime.sort(Comparator.comparingLong(Frame::atNanos));
        List<Packet> packets = new ArrayList<>();
        PacketReader reader = new PacketReader(packets::add);
        byTime.forEach(reader::on);
        reader.end();
        return new Packets(packets);
    }
}
