package kontor.adapter.relay;

import java.time.Duration;

/**
 * How far flows may be read ahead of what their far ends have confirmed.
 *
 * @param confirmAfterBytes a receiving adapter confirms when this much was written since it last
 *     did; the same in all adapters, as it also is half of what any flow may always be ahead
 * @param initialBytes window of a new flow
 * @param largestBytes no window grows beyond
 * @param totalBytes all flows of the adapter together may be ahead by no more than this, beside
 *     {@link #sureBytes} each
 * @param delay a round trip may take so much longer than the quickest one of the flow before its
 *     window shrinks
 * @param patience how long a closed window waits for a confirmation before it opens by itself for
 *     {@code initialBytes}
 */
public record WindowBounds(
        long confirmAfterBytes,
        long initialBytes,
        long largestBytes,
        long totalBytes,
        Duration delay,
        Duration patience) {

    /** Part of the contract between adapters (ADR 0020), therefore no setting. */
    public static final long CONFIRM_AFTER_BYTES = 64 * 1024;

    static final WindowBounds STANDARD =
            new WindowBounds(
                    CONFIRM_AFTER_BYTES,
                    4 * CONFIRM_AFTER_BYTES,
                    16 * CONFIRM_AFTER_BYTES,
                    32 * CONFIRM_AFTER_BYTES,
                    Duration.ofMillis(40),
                    Duration.ofSeconds(2));

    /**
     * @throws IllegalArgumentException if a window could close before its confirmation is due
     */
    public WindowBounds {
        if (confirmAfterBytes < 1
                || initialBytes < 2 * confirmAfterBytes
                || largestBytes < initialBytes
                || totalBytes < 0
                || !delay.isPositive()
                || !patience.isPositive()) {
            throw new IllegalArgumentException(
                    "2 x %d <= window (%d) <= largest window (%d), total (%d) >= 0, delay (%s) and patience (%s) > 0 must hold"
                            .formatted(
                                    confirmAfterBytes,
                                    initialBytes,
                                    largestBytes,
                                    totalBytes,
                                    delay,
                                    patience));
        }
    }

    /**
     * What any flow may be ahead whatever the others do: more than may stay unconfirmed, or a flow
     * could stand still for ever.
     */
    long sureBytes() {
        return 2 * confirmAfterBytes;
    }
}
