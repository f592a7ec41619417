package kontor.players.capture;

import java.util.List;

/**
 * What a capture file holds.
 *
 * @param frames in the order of the file, which need not be that of time
 * @param skippedBlocks blocks of kinds that hold no frame with a time
 */
public record Capture(List<CaptureInterface> interfaces, List<Frame> frames, int skippedBlocks) {

    public Capture {
        interfaces = List.copyOf(interfaces);
        frames = List.copyOf(frames);
    }
}
