package kontor.orchestrator.ownership;

import java.time.Duration;
import kontor.orchestrator.reload.PhaseLimits;

/**
 * Settings of an owner.
 *
 * @param processId names this life of the process; an owner signs its claims with it
 * @param service the name that all processes of this service go by
 * @param sessionIdle how long nothing may come until a session without open TCP flow ends
 * @param reissueEvents of how many session events the commands are sent again by a new owner; not
 *     below the number of records that its predecessor may have had in flight
 * @param signInterval from one sign of life to the next
 * @param pollTimeout how often an owner without input looks at the time
 * @param checkpointEvents after so many session events at the latest a checkpoint is taken
 * @param checkpointInterval and with the first session event after this time
 */
public record OwnerRules(
        String processId,
        String service,
        Duration sessionIdle,
        int reissueEvents,
        Duration signInterval,
        Duration pollTimeout,
        int checkpointEvents,
        Duration checkpointInterval,
        PhaseLimits reload) {}
