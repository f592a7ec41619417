package kontor.adapter.relay;

import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;

/** What a command says is to be done; the kinds of {@code Action} in the schema. */
public sealed interface Action {

    /** What is to be sent to the game; empty if nothing is. */
    default Bytes payload() {
        return Bytes.empty();
    }

    /**
     * Connect to the game, from the address of another instance and its port where that is free.
     */
    record OpenFlow(FlowReference flow, InstanceName from, int fromPort, int toPort)
            implements Action {}

    /**
     * Write into a flow.
     *
     * @param streamEnd position behind the last byte in what the far game wrote; 0 where nobody
     *     says
     */
    record Write(FlowReference flow, Bytes payload, int payloadCrc32c, long streamEnd)
            implements Action {

        /** One that does not say where it ends. */
        public Write(FlowReference flow, Bytes payload, int payloadCrc32c) {
            this(flow, payload, payloadCrc32c, 0);
        }
    }

    /** End the output after all that was written before. */
    record CloseOutput(FlowReference flow) implements Action {}

    /** Reset the connection after all that was written before has left. */
    record ResetFlow(FlowReference flow) implements Action {}

    /** Send a datagram, from the address of another instance and always from its port. */
    record SendDatagram(
            InstanceName from, int fromPort, int toPort, Bytes payload, int payloadCrc32c)
            implements Action {}

    /** Stop reading from the game in this flow. */
    record PauseReading(FlowReference flow) implements Action {}

    /** Read again. */
    record ResumeReading(FlowReference flow) implements Action {}

    /** The far end has all that the game wrote up to {@code streamOffset}. */
    record ExtendWindow(FlowReference flow, long streamOffset) implements Action {}

    /** Make the game stand still; outside the numbering of commands. */
    record FreezeGame(String freezeId, long atMostMillis) implements Action {}

    /** Let it go on; outside the numbering of commands. */
    record ThawGame(String freezeId) implements Action {}

    /** An action of a later version, which this adapter does not know. */
    record Unknown(String kind) implements Action {}
}
