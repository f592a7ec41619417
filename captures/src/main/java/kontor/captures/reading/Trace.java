package kontor.captures.reading;

import java.util.List;

/**
 * A packet as far as it must be remembered until its role is known.
 *
 * @param frames numbers; the last one made the packet whole
 * @param byGame whether the game sent it
 * @param bytes payload
 */
public record Trace(List<Integer> frames, boolean byGame, int bytes) {

    public Trace {
        frames = List.copyOf(frames);
    }

    static Trace of(Packet packet, boolean byGame) {
        List<Frame> frames = packet.frames();
        return new Trace(
                frames.size() == 1
                        ? List.of(frames.getFirst().number())
                        : frames.stream().map(Frame::number).toList(),
                byGame,
                Ends.payload(packet).length());
    }

    int last() {
        return frames.getLast();
    }
}
