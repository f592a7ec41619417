package kontor.orchestrator.sequencer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** The running session of a lab. Changed by folding only. */
final class Session {

    /** A pair that was silent while so many others came is a new flow when it speaks again. */
    static final int UDP_FLOWS_KEPT = 16_384;

    private final SessionId id;
    private final Map<FlowReference, Integer> tcpNumbers = new HashMap<>();
    private final Map<UdpPair, SessionFlow> udpFlows = new BoundedMap<>(UDP_FLOWS_KEPT);
    private long nextSequence = 1;
    private int nextFlow = 1;

    Session(SessionId id) {
        this.id = id;
    }

    static Session of(LabCheckpoint.Running running) {
        Session session = new Session(running.id());
        session.nextSequence = running.nextSequence();
        session.nextFlow = running.nextFlow();
        session.tcpNumbers.putAll(running.tcpNumbers());
        running.udpFlows()
                .forEach(flow ->
                        session.udpFlows.put(UdpPair.of(flow.opener(), flow.target()), flow));
        return session;
    }

    LabCheckpoint.Running checkpoint() {
        return new LabCheckpoint.Running(
                id, nextSequence, nextFlow, tcpNumbers, List.copyOf(udpFlows.values()));
    }

    SessionId id() {
        return id;
    }

    long nextSequence() {
        return nextSequence;
    }

    int nextFlow() {
        return nextFlow;
    }

    @Nullable Integer tcpNumber(FlowReference flow) {
        return tcpNumbers.get(flow);
    }

    @Nullable SessionFlow udpFlow(UdpPair pair) {
        return udpFlows.get(pair);
    }

    void fold(SessionEvent event) {
        nextSequence = event.sequence() + 1;
        @Nullable SessionFlow flow = event.flow();
        if (flow == null) {
            return;
        }
        nextFlow = Math.max(nextFlow, flow.number() + 1);
        @Nullable FlowReference reference = flow.reference();
        if (reference == null) {
            udpFlows.putIfAbsent(UdpPair.of(flow.opener(), flow.target()), flow);
        } else {
            tcpNumbers.put(reference, flow.number());
        }
    }

    void forget(FlowReference flow) {
        tcpNumbers.remove(flow);
    }
}
