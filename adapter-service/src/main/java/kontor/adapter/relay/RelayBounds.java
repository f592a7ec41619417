package kontor.adapter.relay;

/**
 * How much may wait for the game.
 *
 * @param flowHighWaterBytes above this a flow counts as stalled
 * @param flowLowWaterBytes at this or below it has drained
 * @param waitingBytes over all flows and datagrams: no command is taken beyond
 * @param unfinishedCommands no command is taken beyond
 * @param window how far flows may be read ahead of what their far ends have confirmed
 */
public record RelayBounds(
        long flowHighWaterBytes,
        long flowLowWaterBytes,
        long waitingBytes,
        int unfinishedCommands,
        WindowBounds window) {

    /** With the usual window. */
    public RelayBounds(
            long flowHighWaterBytes,
            long flowLowWaterBytes,
            long waitingBytes,
            int unfinishedCommands) {
        this(
                flowHighWaterBytes,
                flowLowWaterBytes,
                waitingBytes,
                unfinishedCommands,
                WindowBounds.STANDARD);
    }

    /**
     * @throws IllegalArgumentException if they contradict each other
     */
    public RelayBounds {
        if (flowLowWaterBytes < 0
                || flowHighWaterBytes <= flowLowWaterBytes
                || waitingBytes <= flowHighWaterBytes
                || unfinishedCommands < 1) {
            throw new IllegalArgumentException(
                    "0 <= low water (%d) < high water (%d) < bound of all (%d) must hold, and at least 1 unfinished command (%d)"
                            .formatted(
                                    flowLowWaterBytes,
                                    flowHighWaterBytes,
                                    waitingBytes,
                                    unfinishedCommands));
        }
    }
}
