package kontor.gateway.rules;

import kontor.gateway.rules.HeldBoard.Held;
import kontor.gateway.rules.HeldBoard.Lane;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.WaitReason;
import kontor.state.v1.HeldKind;
import kontor.state.v1.Lab;
import kontor.state.v1.RunningSession;
import kontor.state.v1.TcpNumber;
import kontor.vocabulary.Bytes;

/**
 * Reads from a checkpoint of the orchestrator what the session log says of something that waits.
 */
final class CheckpointedHold {

    private CheckpointedHold() {}

    static Held of(Lab lab, kontor.state.v1.Held held) {
        kontor.state.v1.Lane way = held.getLane();
        Lane lane =
                new Lane(
                        lab.getLab(),
                        way.getFromInstance(),
                        way.getFromPort(),
                        way.getToInstance(),
                        way.getToPort(),
                        way.hasFlow() ? name(way.getFlow()) : "");
        boolean isPersons = held.getReason() == WaitReason.WAIT_REASON_PERSON;
        return new Held(
                held.getNumber(),
                lane,
                held.getSessionId(),
                held.getSessionSequence(),
                flow(lab.getSession(), held),
                kind(held.getKind()),
                held.getRule(),
                held.getReason(),
                held.getHeldAtMicros(),
                held.getDueAtMicros(),
                held.getFreezeMicros() > 0,
                isPersons && lab.getFrozen().getInstancesCount() > 0,
                Bytes.owning(held.getPayload().toByteArray()),
                Math.max(1, held.getCopies()));
    }

    static String name(FlowReference flow) {
        return flow.getRunId() + "/" + flow.getNumber();
    }

    private static String kind(HeldKind kind) {
        return switch (kind) {
            case HELD_KIND_DATA -> "flow_data";
            case HELD_KIND_OUTPUT_END -> "flow_half_closed";
            case HELD_KIND_RESET -> "flow_reset";
            case HELD_KIND_DATAGRAM, HELD_KIND_UNSPECIFIED, UNRECOGNIZED -> "datagram";
        };
    }

    /** Its number in the session; 0 where that session runs no longer. */
    private static int flow(RunningSession session, kontor.state.v1.Held held) {
        if (!session.getSessionId().equals(held.getSessionId())) {
            return 0;
        }
        kontor.state.v1.Lane lane = held.getLane();
        return lane.hasFlow()
                ? session.getTcpNumbersList().stream()
                        .filter(number -> number.getReference().equals(lane.getFlow()))
                        .mapToInt(TcpNumber::getNumber)
                        .findFirst()
                        .orElse(0)
                : session.getUdpFlowsList().stream()
                        .filter(flow -> flow.getProtocol() == Protocol.PROTOCOL_UDP)
                        .filter(flow -> isOn(flow, lane))
                        .mapToInt(SessionFlow::getNumber)
                        .findFirst()
                        .orElse(0);
    }

    /** A broadcast has no recipient of its own: its flow is known by the ports. */
    private static boolean isOn(SessionFlow flow, kontor.state.v1.Lane lane) {
        return (isEnd(flow.getOpener(), lane.getFromInstance(), lane.getFromPort())
                        && isEnd(flow.getTarget(), lane.getToInstance(), lane.getToPort()))
                || (isEnd(flow.getTarget(), lane.getFromInstance(), lane.getFromPort())
                        && isEnd(flow.getOpener(), lane.getToInstance(), lane.getToPort()));
    }

    private static boolean isEnd(FlowEnd end, String instance, int port) {
        return end.getEndpoint().getPort() == port
                && (end.getInstance().isEmpty() || end.getInstance().equals(instance));
    }
}
