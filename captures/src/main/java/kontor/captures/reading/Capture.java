package kontor.captures.reading;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a capture file holds.
 *
 * @param frames in the order of the file, which need not be that of time
 * @param untimed frames for which the file has no time: they have that of the frame before them
 * @param skippedBlocks blocks of kinds that hold no frame
 * @param dropped packets that the capturing program says it lost itself
 * @param brokenOffOrNull where and how the file breaks off within its last frame or block
 */
public record Capture(
        List<CaptureInterface> interfaces,
        List<Frame> frames,
        int untimed,
        int skippedBlocks,
        long dropped,
        @Nullable String brokenOffOrNull) {

    public Capture {
        interfaces = List.copyOf(interfaces);
        frames = List.copyOf(frames);
    }

    /** What there is beside the frames. */
    public CaptureSummary summary() {
        return new CaptureSummary(
                interfaces, frames.size(), untimed, skippedBlocks, dropped, brokenOffOrNull);
    }

    /** Where and how the file breaks off; empty if it is whole. */
    public Optional<String> brokenOff() {
        return Optional.ofNullable(brokenOffOrNull);
    }
}
