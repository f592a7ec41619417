package kontor.orchestrator.partitions;

import java.util.Collection;
import kontor.orchestrator.driving.OwnerStatus;
import kontor.orchestrator.driving.OwnerStatus.State;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up when every partition is relayed here, or stood by for; part of readiness. */
final class SequencerHealth implements HealthIndicator {

    private final PartitionOwners owners;

    SequencerHealth(PartitionOwners owners) {
        this.owners = owners;
    }

    @Override
    public Health health() {
        Collection<PartitionOwner> all = owners.owners();
        boolean up = !all.isEmpty();
        Health.Builder health = Health.unknown();
        for (PartitionOwner owner : all) {
            OwnerStatus status = owner.status();
            up &= status.state() == State.OWNING || status.state() == State.STANDBY;
            health.withDetail(
                    "partition-" + owner.partition(), status.state() + ": " + status.detail());
        }
        return up ? health.up().build() : health.outOfService().build();
    }
}
