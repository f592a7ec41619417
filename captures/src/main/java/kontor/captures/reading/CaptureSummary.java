package kontor.captures.reading;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a capture file holds beside its frames.
 *
 * @param frames how many
 * @param untimed frames for which the file has no time: they have that of the frame before them
 * @param skippedBlocks blocks of kinds that hold no frame
 * @param dropped packets that the capturing program says it lost itself
 * @param brokenOffOrNull where and how the file breaks off within its last frame or block
 */
public record CaptureSummary(
        List<CaptureInterface> interfaces,
        int frames,
        int untimed,
        int skippedBlocks,
        long dropped,
        @Nullable String brokenOffOrNull) {

    public CaptureSummary {
        interfaces = List.copyOf(interfaces);
    }

    /** Where and how the file breaks off; empty if it is whole. */
    public Optional<String> brokenOff() {
        return Optional.ofNullable(brokenOffOrNull);
    }
}
