package kontor.adapter.relay;

/** A command that is being carried out: its receipt is due when no action is left. */
final class Execution {

    final Command command;
    private int actionsLeft;
    private long payloadBytes;
    private String detail = "";
    private boolean failed;

    Execution(Command command) {
        this.command = command;
        this.actionsLeft = command.actions().size();
    }

    void done(long bytes) {
        actionsLeft--;
        payloadBytes += bytes;
    }

    void failed(String why) {
        actionsLeft--;
        detail = failed ? detail + "; " + why : why;
        failed = true;
    }

    boolean finished() {
        return actionsLeft == 0;
    }

    CommandReceipt receipt() {
        CommandOutcome outcome = failed ? CommandOutcome.FAILED : CommandOutcome.DONE;
        return new CommandReceipt(command, outcome, payloadBytes, detail);
    }
}
