package kontor.adapter.freezer;

/**
 * How it stands with freezing.
 *
 * @param holder the freeze that holds the game; empty while it runs
 * @param refused orders that found the queue full
 */
public record FreezeStatus(String holder, long refused) {}
