package kontor.adapter.capture;

/**
 * An observation with its place in the run.
 *
 * @param sequence adapter sequence, 1, 2, 3 ...
 * @param capturedAtMicros wall clock, microseconds since 1970; never falls within a run
 * @param payloadCrc32c CRC-32C of the payload, 0 where there is none
 */
public record CapturedEvent(
        long sequence, long capturedAtMicros, int payloadCrc32c, Observation what) {}
