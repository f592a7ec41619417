package kontor.orchestrator.sequencer;

import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/**
 * What an adapter saw its own game do, as far as routing needs to know it.
 *
 * @param sequence the adapter sequence: (run, sequence) identifies the event for ever
 * @param imported whether it was read from a capture: it is sequenced, and passed to nobody
 */
public record AdapterEvent(
        LabName lab,
        InstanceName instance,
        RunId run,
        long sequence,
        long capturedAtMicros,
        Happening what,
        boolean imported) {

    public AdapterEvent(
            LabName lab,
            InstanceName instance,
            RunId run,
            long sequence,
            long capturedAtMicros,
            Happening what) {
        this(lab, instance, run, sequence, capturedAtMicros, what, false);
    }

    /** The same, as if said in another run. */
    AdapterEvent ofRun(RunId other) {
        return new AdapterEvent(lab, instance, other, sequence, capturedAtMicros, what, imported);
    }
}
