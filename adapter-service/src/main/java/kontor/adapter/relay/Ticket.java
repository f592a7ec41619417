package kontor.adapter.relay;

/**
 * Names one action of one command while it is carried out.
 *
 * @param action its index in the command, from 0
 */
public record Ticket(long commandSequence, int action) {}
