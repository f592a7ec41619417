package kontor.adapter.clock;

/**
 * How far the broker's clock is from this machine's.
 *
 * @param aheadMicros negative: it is behind
 * @param uncertaintyMicros the true value is no further than this from the other
 */
public record ClockOffset(long aheadMicros, long uncertaintyMicros) {}
