package kontor.orchestrator.sequencer;

import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;

/** One thing an adapter is to do to its game. */
public sealed interface Action {

    /** Connect to the game, from the peer address of {@code from}. */
    record OpenFlow(FlowReference flow, InstanceName from, int fromPort, int toPort)
            implements Action {}

    /**
     * Write into a flow.
     *
     * @param streamEnd position behind the last byte in what the other game wrote
     */
    record Write(FlowReference flow, Payload payload, long streamEnd) implements Action {}

    record CloseOutput(FlowReference flow) implements Action {}

    record ResetFlow(FlowReference flow) implements Action {}

    /** Send to the game, from the peer address of {@code from}. */
    record SendDatagram(InstanceName from, int fromPort, int toPort, Payload payload)
            implements Action {}

    record PauseReading(FlowReference flow) implements Action {}

    record ResumeReading(FlowReference flow) implements Action {}

    /** The far end has what the game wrote up to {@code streamOffset}: read on beyond it. */
    record ExtendWindow(FlowReference flow, long streamOffset) implements Action {}
}
