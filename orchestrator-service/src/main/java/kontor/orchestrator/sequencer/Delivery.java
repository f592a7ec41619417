package kontor.orchestrator.sequencer;

import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;

/** One command that goes out because of one session event. */
public record Delivery(InstanceName instance, RunId targetRun, long commandSequence) {}
