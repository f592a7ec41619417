package kontor.orchestrator.sequencer;

import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * One end of a flow.
 *
 * @param instance null for a broadcast, or where no instance has that address
 * @param endpoint as the opener's game sees it
 */
public record FlowEnd(@Nullable InstanceName instance, Endpoint endpoint) {}
