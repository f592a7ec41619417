package kontor.adapter.kafka;

import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/**
 * Identity of a run: lab, instance, run.
 *
 * @param startedAtMicros wall clock, microseconds since 1970
 */
public record RunIdentity(
        LabName lab,
        InstanceName instance,
        RunId run,
        long startedAtMicros,
        String softwareVersion) {}
