package kontor.adapter.relay;

import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.MissCause;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.RefusalCause;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;

/** Inputs of the relay. */
public sealed interface Input {

    /** Somebody, perhaps the game, connected; the edge gave the flow its number. */
    record Accepted(FlowReference flow, Endpoint source, Endpoint destination) implements Input {}

    /** An {@link Effect.Connect} succeeded. */
    record Connected(FlowReference flow, Endpoint source, Endpoint destination) implements Input {}

    /** An {@link Effect.Connect} did not. */
    record NotConnected(FlowReference flow, RefusalCause cause, String detail) implements Input {}

    /** The game wrote. */
    record Received(FlowReference flow, Bytes payload) implements Input {}

    /** The game ended its output. */
    record InputEnded(FlowReference flow) implements Input {}

    /** The game reset the connection, or it broke. */
    record Broken(FlowReference flow, String detail) implements Input {}

    /** The game or another program sent a datagram to one of the sockets. */
    record DatagramReceived(Endpoint source, Endpoint destination, Bytes payload)
            implements Input {}

    /**
     * The operating system dropped datagrams that had no room in the receive buffer of a socket of
     * the adapter or of the game.
     */
    record Missed(long count, MissCause cause, Endpoint socket) implements Input {}

    /**
     * What earlier runs of the instance were told before this one began comes from owners up to
     * this epoch: none with a lower one is obeyed. Before any command.
     */
    record Fenced(long epoch) implements Input {}

    /** The orchestrator gave a command. */
    record Commanded(Command command) implements Input {}

    /** The time of an {@link Effect.AwaitConfirmation} is over. */
    record ConfirmationOverdue(FlowReference flow, long confirmed) implements Input {}

    /** The effect with this ticket was handed to the operating system. */
    record Done(Ticket ticket) implements Input {}

    /** The effect with this ticket could not be. */
    record Failed(Ticket ticket, String detail) implements Input {}

    /** Something about the game itself was seen, beside its sockets. */
    record Observed(Observation what) implements Input {}

    /** The spool has become fuller or emptier. */
    record SpoolLevelled(SpoolLevel level) implements Input {}

    /** Time to say what strangers did since the last time. */
    record StrangersDue() implements Input {}

    /** The run begins; before anything else. */
    record Start() implements Input {}

    /** The run ends; what comes from the game after this is not captured. */
    record Stop() implements Input {}
}
