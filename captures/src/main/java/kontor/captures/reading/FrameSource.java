package kontor.captures.reading;

import java.util.function.Consumer;

/** The frames of a capture, which can be read several times; only {@code sink} keeps any. */
@FunctionalInterface
public interface FrameSource {

    /**
     * Gives each frame to {@code sink}, in the order of the file.
     *
     * @throws CaptureException if this is no capture file, or is damaged
     */
    CaptureSummary read(Consumer<Frame> sink) throws CaptureException;

    /** The frames of a capture that is in memory. */
    static FrameSource of(Capture capture) {
        return sink -> {
            capture.frames().forEach(sink);
            return capture.summary();
        };
    }
}
