package kontor.adapter.game;

import kontor.adapter.relay.CommandReceipt;

/**
 * Whom the edge tells what became of commands, and what of them no socket carries out. Called on
 * the event loop: must not block.
 */
public interface CommandReports {

    /**
     * A command is carried out, failed or refused.
     *
     * @param atMicros wall clock, microseconds since 1970
     */
    void answered(CommandReceipt receipt, long atMicros);

    /** The game is to stand still, for at most so long. */
    void freezeWanted(String freezeId, long atMostMillis);

    /** The game is to go on, if it is this freeze that holds it. */
    void thawWanted(String freezeId);

    /** False while so many receipts wait to be sent that commands must wait as well. */
    boolean takesReceipts();

    /** No command is carried out from here on. */
    void halted(String reason);
}
