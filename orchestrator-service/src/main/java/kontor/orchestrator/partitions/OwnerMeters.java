package kontor.orchestrator.partitions;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import kontor.orchestrator.driving.OwnerStatus.State;

/** Shows how it stands with each partition. */
final class OwnerMeters {

    private final MeterRegistry registry;

    OwnerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows this owner from now on, for as long as somebody else holds it. */
    void show(PartitionOwner owner) {
        String partition = Integer.toString(owner.partition());
        for (State state : State.values()) {
            Gauge.builder(
                            "kontor.sequencer.owner.state",
                            owner,
                            o -> o.status().state() == state ? 1 : 0)
                    .description("1 for the state that the partition is in here, 0 for the others")
                    .tag("partition", partition)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("kontor.sequencer.owner.epoch", owner, o -> o.status().epoch())
                .description("Epoch of the partition's owner, as far as it is known here")
                .tag("partition", partition)
                .register(registry);
        Gauge.builder("kontor.sequencer.lag", owner, PartitionOwner::lag)
                .baseUnit("events")
                .description("Adapter events in the log that its owner has not taken in yet")
                .tag("partition", partition)
                .register(registry);
    }
}
