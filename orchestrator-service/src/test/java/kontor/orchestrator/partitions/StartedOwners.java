package kontor.orchestrator.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.settings.OrchestratorSettings;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The owners that a test has started: after it each must end by itself, then their lab is closed.
 */
final class StartedOwners implements AfterEachCallback {

    final SequencerMetrics metrics = new SequencerMetrics(new SimpleMeterRegistry());
    private final KafkaLab lab;
    private final List<PartitionOwner> owners = new ArrayList<>();

    StartedOwners(KafkaLab lab) {
        this.lab = lab;
    }

    PartitionOwner start(OrchestratorSettings settings, UUID process) {
        return start(lab.owner(settings, metrics, process));
    }

    PartitionOwner start(PartitionOwner owner) {
        add(owner);
        owner.start();
        return owner;
    }

    /** One that the test itself starts. */
    void add(PartitionOwner owner) {
        owners.add(owner);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        owners.forEach(PartitionOwner::stop);
        for (PartitionOwner owner : owners) {
            assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        }
        lab.close();
    }
}
