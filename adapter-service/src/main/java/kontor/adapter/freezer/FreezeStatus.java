package kontor.adapter.freezer;

/**
 * How it stands with freezing.
 *
 * @param holder the freeze that holds the game; empty while it runs
 * @param refused orders that found the queue full
 * @param ended how often the game stood still and went on again
 * @param frozenMicros for how long, all in all
 */
public record FreezeStatus(String holder, long refused, long ended, long frozenMicros) {}
