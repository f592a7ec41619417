package kontor.adapter.relay;

/**
 * How far flows may be read ahead of what their far ends have confirmed.
 *
 * @param confirmAfterBytes a receiving adapter confirms when this much was written since it last
 *     did; the same in all adapters, as it also is half of what any flow may always be ahead
 * @param initialBytes window of a new flow
 * @param largestBytes no window grows beyond
 * @param totalBytes all flows of the adapter together may be ahead by no more than this, beside
 *     {@link #sureBytes} each
 * @param delayMillis a round trip may take so much longer than the quickest one of the flow before
 *     its window shrinks
 * @param patienceMillis how long a closed window waits for a confirmation before it opens by itself
 *     for {@code initialBytes}
 */
public record WindowBounds(
        long confirmAfterBytes,
        long initialBytes,
        long largestBytes,
        long totalBytes,
        long delayMillis,
        long patienceMillis) {

    /** Part of the contract between adapters (ADR 0020), therefore no setting. */
    public static final long CONFIRM_AFTER_BYTES = 64 * 1024;

    static final WindowBounds STANDARD =
            new WindowBounds(
                    CONFIRM_AFTER_BYTES,
                    4 * CONFIRM_AFTER_BYTES,
                    16 * CONFIRM_AFTER_BYTES,
                    32 * CONFIRM_AFTER_BYTES,
                    40,
                    2_000);

    /**
     * @throws IllegalArgumentException if a window could close before its confirmation is due
     */
    public WindowBounds {
        if (confirmAfterBytes < 1
                || initialBytes < 2 * confirmAfterBytes
                || largestBytes < initialBytes
                || totalBytes < 0
                || delayMillis < 1
                || patienceMillis < 1) {
            throw new IllegalArgumentException(
                    "2 x %d <= window (%d) <= largest window (%d), total (%d) >= 0, delay (%d ms) and patience (%d ms) > 0 must hold"
                            .formatted(
                                    confirmAfterBytes,
                                    initialBytes,
                                    largestBytes,
                                    totalBytes,
                                    delayMillis,
                                    patienceMillis));
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
