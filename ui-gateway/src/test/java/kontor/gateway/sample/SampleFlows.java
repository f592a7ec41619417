package kontor.gateway.sample;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.SessionFlow;

/**
 * The flows of a session of two games, numbered as an orchestrator does it. Game <i>j</i> has the
 * address 127.<i>j</i>.0.<i>j</i> and sees game <i>k</i> at 127.<i>j</i>.0.<i>k</i>.
 */
public final class SampleFlows {

    private final Map<Integer, SessionFlow> flows = new HashMap<>();

    SessionFlow of(int number) {
        return requireNonNull(flows.get(number));
    }

    /** A new one, opened in a run of its opener. */
    SessionFlow tcp(String from, UUID run, int fromPort, int toPort) {
        SessionFlow.Builder flow = next(Protocol.PROTOCOL_TCP, from, fromPort);
        return added(
                flow.setTarget(end(from, other(from), toPort))
                        .setReference(
                                FlowReference.newBuilder()
                                        .setRunId(run.toString())
                                        .setNumber(flow.getNumber())));
    }

    /** The one between these ports, as its sender sees it; a new one if there is none. */
    SessionFlow udp(String from, int fromPort, int toPort) {
        return flows.values().stream()
                .filter(flow -> flow.getProtocol() == Protocol.PROTOCOL_UDP)
                .filter(flow -> connects(flow, from, fromPort, toPort))
                .findFirst()
                .map(known ->
                        known.toBuilder()
                                .setFromOpener(known.getOpener().getInstance().equals(from))
                                .build())
                .orElseGet(() ->
                        added(
                                next(Protocol.PROTOCOL_UDP, from, fromPort)
                                        .setTarget(end(from, other(from), toPort))));
    }

    /** A new one to an address that nobody has. */
    SessionFlow udpToNobody(String from) {
        return added(
                next(Protocol.PROTOCOL_UDP, from, 2350)
                        .setTarget(FlowEnd.newBuilder().setEndpoint(endpoint(127, 1, 0, 9, 2350))));
    }

    private SessionFlow.Builder next(Protocol protocol, String from, int fromPort) {
        return SessionFlow.newBuilder()
                .setNumber(flows.size() + 1)
                .setProtocol(protocol)
                .setOpener(end(from, from, fromPort))
                .setFromOpener(true);
    }

    private SessionFlow added(SessionFlow.Builder built) {
        SessionFlow flow = built.build();
        flows.put(flow.getNumber(), flow);
        return flow;
    }

    /** Where a game itself is. */
    static Endpoint own(String instance, int port) {
        return end(instance, instance, port).getEndpoint();
    }

    /** Where a game sees the other one. */
    static Endpoint others(String viewer, int port) {
        return end(viewer, other(viewer), port).getEndpoint();
    }

    private static boolean connects(SessionFlow flow, String from, int fromPort, int toPort) {
        boolean asOpened =
                !flow.getTarget().getInstance().isEmpty()
                        && flow.getOpener().getInstance().equals(from)
                        && flow.getOpener().getEndpoint().getPort() == fromPort
                        && flow.getTarget().getEndpoint().getPort() == toPort;
        boolean back =
                flow.getTarget().getInstance().equals(from)
                        && flow.getTarget().getEndpoint().getPort() == fromPort
                        && flow.getOpener().getEndpoint().getPort() == toPort;
        return asOpened || back;
    }

    static String other(String instance) {
        return instance.equals("game1") ? "game2" : "game1";
    }

    /** An instance's end as {@code viewer} sees it. */
    private static FlowEnd end(String viewer, String instance, int port) {
        return FlowEnd.newBuilder()
                .setInstance(instance)
                .setEndpoint(endpoint(127, number(viewer), 0, number(instance), port))
                .build();
    }

    private static int number(String instance) {
        return instance.charAt(instance.length() - 1) - '0';
    }

    public static Endpoint endpoint(int a, int b, int c, int d, int port) {
        return Endpoint.newBuilder()
                .setAddress(
                        ByteString.copyFrom(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}))
                .setPort(port)
                .build();
    }
}
