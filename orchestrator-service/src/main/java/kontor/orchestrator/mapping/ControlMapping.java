package kontor.orchestrator.mapping;

import kontor.control.v1.ControlEvent;
import kontor.orchestrator.ownership.OwnerInput.Control;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** Reads records of {@code kontor.control} for the owners of partitions. */
public final class ControlMapping {

    private final String service;

    /**
     * @param service the name that this process and its peers go by
     */
    public ControlMapping(String service) {
        this.service = service;
    }

    /**
     * Reads a record; returns null if it does not concern an owner.
     *
     * @param own whether it is the heartbeat that this process sent last
     * @throws IllegalArgumentException if something in it is not what it should be
     */
    public @Nullable Control read(ControlEvent event, InputPosition position, boolean own) {
        return switch (event.getWhatCase()) {
            case START_SESSION -> {
                String id = event.getStartSession().getSessionId();
                yield new Control.Asked(
                        new LabName(event.getLab()),
                        new Input.SessionWanted(SessionId.parse(id), position),
                        position);
            }
            case END_SESSION -> {
                String id = event.getEndSession().getSessionId();
                yield new Control.Asked(
                        new LabName(event.getLab()),
                        new Input.SessionEndWanted(SessionId.parse(id), position),
                        position);
            }
            case SET_RULES ->
                    new Control.Asked(
                            new LabName(event.getLab()),
                            RuleMapping.read(event.getSetRules(), position),
                            position);
            case DECIDE_HELD ->
                    new Control.Asked(
                            new LabName(event.getLab()),
                            HeldMapping.read(event.getDecideHeld(), position),
                            position);
            case PROCESS_ENDED ->
                    event.getProcessEnded().getService().equals(service)
                            ? new Control.Ended(event.getProcessEnded().getProcessId())
                            : null;
            case ADAPTER_STATUS,
                    REQUEST_RELOAD,
                    REQUEST_FREEZE,
                    REQUEST_THAW,
                    RELOAD_STATUS,
                    SERVICE_STATUS,
                    CONTINUITY_REPORT,
                    ANALYZER_STATUS,
                    START_RUN,
                    CANCEL_RUN,
                    PROMOTE_ANALYZER,
                    RUN_STATUS,
                    REQUEST_SNAPSHOT,
                    SNAPSHOT_REPORT,
                    WHAT_NOT_SET -> {
                kontor.orchestrator.reload.@Nullable Input heard = ReloadMapping.read(event);
                yield heard == null ? null : new Control.Heard(heard, own);
            }
        };
    }
}
