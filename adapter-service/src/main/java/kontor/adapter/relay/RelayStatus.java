package kontor.adapter.relay;

/**
 * The relay's counters at one moment.
 *
 * @param waitingBytes given to the edge or held for a connection, not yet with the operating system
 */
public record RelayStatus(
        int openFlows,
        long lastCommandSequence,
        long commandsDone,
        long commandsFailed,
        long commandsDropped,
        long commandsRefused,
        long deliveredPayloadBytes,
        MissCounts missed,
        long waitingBytes,
        int unfinishedCommands,
        boolean halted) {}
