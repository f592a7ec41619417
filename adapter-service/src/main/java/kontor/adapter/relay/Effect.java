package kontor.adapter.relay;

import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.Observation;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;

/**
 * What the relay wants done, in this order. Each effect with a ticket is answered, once, by {@link
 * Input.Done} or {@link Input.Failed}; a {@link Connect} by {@link Input.Connected} or {@link
 * Input.NotConnected}.
 */
public sealed interface Effect {

    /** Number, stamp and keep this. */
    record Capture(Observation what) implements Effect {}

    /** Connect to the game; from another port where the wanted one is taken. */
    record Connect(FlowReference flow, Endpoint from, Endpoint to) implements Effect {}

    /** Write to the game. */
    record Write(FlowReference flow, Bytes payload, Ticket ticket) implements Effect {}

    /** End the output; all writes of the flow are done. */
    record EndOutput(FlowReference flow, Ticket ticket) implements Effect {}

    /** Reset as soon as all that was written has left, or leaves no more; stop reading at once. */
    record Reset(FlowReference flow, Ticket ticket) implements Effect {}

    /** Reset an accepted connection at once: it is not the game's. Nothing comes back. */
    record Refuse(FlowReference flow) implements Effect {}

    /** Release the connection; nothing more is wanted of it. */
    record Close(FlowReference flow) implements Effect {}

    /** Begin to read from the game in this flow, or stop. A new connection does not read. */
    record SetReading(FlowReference flow, boolean on) implements Effect {}

    /**
     * Come back with {@link Input.ConfirmationOverdue} after this time; at most one of a flow is
     * under way.
     */
    record AwaitConfirmation(FlowReference flow, long confirmed, long patienceMillis)
            implements Effect {}

    /**
     * Send a datagram to the game.
     *
     * @param capturedAtMicros when it was captured at the other game; 0 where it was not
     */
    record Send(Endpoint from, Endpoint to, Bytes payload, long capturedAtMicros, Ticket ticket)
            implements Effect {}

    /** Freeze the game, for at most so long; answered by observations, in time. */
    record FreezeGame(String freezeId, long atMostMillis) implements Effect {}

    /** Thaw the game, if it is this freeze that holds it. */
    record ThawGame(String freezeId) implements Effect {}

    /** Tell the orchestrator. */
    record Answer(CommandReceipt receipt) implements Effect {}

    /** Something happened that must not: no command is carried out from here on. */
    record Halt(String reason) implements Effect {}
}
