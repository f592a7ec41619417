package kontor.orchestrator.sequencer;

import java.util.List;
import java.util.Map;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link LabState} knows, as a value. Lists are in the order in which their entries will
 * be forgotten, so that a state made of it forgets the same.
 *
 * @param runs the live ones by name of their instance, then the others
 * @param sessions those that were had
 * @param session null while none runs
 * @param ordinal that of the last session
 */
public record LabCheckpoint(
        List<Run> runs,
        List<TcpFlow> openFlows,
        List<TcpFlow> closedFlows,
        List<SessionId> sessions,
        @Nullable Running session,
        long ordinal,
        long lastActivityMicros) {

    public LabCheckpoint {
        runs = List.copyOf(runs);
        openFlows = List.copyOf(openFlows);
        closedFlows = List.copyOf(closedFlows);
        sessions = List.copyOf(sessions);
    }

    /**
     * The running session.
     *
     * @param udpFlows as they were first seen
     */
    public record Running(
            SessionId id,
            long nextSequence,
            int nextFlow,
            Map<FlowReference, Integer> tcpNumbers,
            List<SessionFlow> udpFlows) {

        public Running {
            tcpNumbers = Map.copyOf(tcpNumbers);
            udpFlows = List.copyOf(udpFlows);
        }
    }
}
