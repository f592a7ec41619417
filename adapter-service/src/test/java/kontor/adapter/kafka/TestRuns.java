package kontor.adapter.kafka;

import java.util.UUID;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

final class TestRuns {

    private TestRuns() {}

    /** A run of an instance of a lab. */
    static RunIdentity of(String instance) {
        return new RunIdentity(
                new LabName("lab"),
                new InstanceName(instance),
                new RunId(new UUID(1, 1)),
                0,
                "test");
    }
}
