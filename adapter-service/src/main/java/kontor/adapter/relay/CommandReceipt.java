package kontor.adapter.relay;

/**
 * The word on one command.
 *
 * @param payloadBytes given to the operating system for the game
 * @param detail why not, for a person; empty if it was done
 */
public record CommandReceipt(
        Command command, CommandOutcome outcome, long payloadBytes, String detail) {}
