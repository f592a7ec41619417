package kontor.orchestrator.sequencer;

import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;

/** One thing an adapter is to do to its game. */
public sealed interface Action {

    /** Connect to the game, from the peer address of {@code from}. */
    record OpenFlow(FlowReference flow, InstanceName from, int fromPort, int toPort)
            implements Action {}

    record Write(FlowReference flow, Payload payload) implements Action {}

    record CloseOutput(FlowReference flow) implements Action {}

    record ResetFlow(FlowReference flow) implements Action {}

    /** Send to the game, from the peer address of {@code from}. */
    record SendDatagram(InstanceName from, int fromPort, int toPort, Payload payload)
            implements Action {}

    record PauseReading(FlowReference flow) implements Action {}

    record ResumeReading(FlowReference flow) implements Action {}
}
