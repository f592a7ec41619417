package kontor.orchestrator.reload;

import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/** An effect that a coordinator asks for; performed in the order given. */
public sealed interface Effect {

    /** Append to {@code kontor.control}, and tell the coordinator when it is read back. */
    record Write(LabName lab, ReloadStatus status) implements Effect {}

    /** Command the game to stand still. */
    record Freeze(LabName lab, InstanceName instance, RunId run, ReloadId id, int atMostMillis)
            implements Effect {}

    /** Command the game to go on, if it is this reload that holds it. */
    record Thaw(LabName lab, InstanceName instance, RunId run, ReloadId id) implements Effect {}

    /**
     * Finish what was begun, give the partition up and name its next owner. This coordinator hears
     * and decides nothing more.
     */
    record HandOver(ReloadId id, ProcessId successor) implements Effect {}
}
