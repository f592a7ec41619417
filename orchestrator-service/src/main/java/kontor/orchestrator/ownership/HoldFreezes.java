package kontor.orchestrator.ownership;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.ReloadId;
import kontor.orchestrator.sequencer.Held;
import kontor.orchestrator.sequencer.LabState;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;

/**
 * Which freezes the coordinator has to make for what waits. They follow from the state alone, so a
 * new owner asks for the same ones: adapters know a freeze by its id.
 */
final class HoldFreezes {

    private final Map<LabName, UUID> frozen = new HashMap<>();
    private final Map<LabName, UUID> thawed = new HashMap<>();

    /** Null where it knows already. */
    @Nullable Input next(LabName lab, LabState state) {
        Held.@Nullable Freeze freeze = state.freeze();
        if (freeze != null) {
            return freeze.id().equals(frozen.put(lab, freeze.id()))
                    ? null
                    : new Input.FreezeWanted(lab, new ReloadId(freeze.id()), freeze.untilMicros());
        }
        @Nullable UUID over = state.thawed();
        return over == null || over.equals(thawed.put(lab, over))
                ? null
                : new Input.ThawWanted(lab, new ReloadId(over));
    }
}
