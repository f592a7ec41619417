package kontor.adapter.game;

import kontor.adapter.relay.CommandReceipt;

/** Whom the edge tells what became of commands. Called on the event loop: must not block. */
public interface CommandReports {

    /**
     * A command is carried out, failed or refused.
     *
     * @param atMicros wall clock, microseconds since 1970
     */
    void answered(CommandReceipt receipt, long atMicros);

    /** False while so many receipts wait to be sent that commands must wait as well. */
    boolean takesReceipts();

    /** No command is carried out from here on. */
    void halted(String reason);
}
