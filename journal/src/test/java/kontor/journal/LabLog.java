package kontor.journal;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.Delivery;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.InputPosition;
import kontor.sessions.v1.OwnerClaim;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.SessionStarted;
import kontor.sessions.v1.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The log of a lab of two games as an orchestrator would write it: {@link #log} with repeats and
 * void records in it, {@link #truth} without, and the receipts. A subclass decides what the games
 * do.
 */
class LabLog {

    /** How the tables should have a flow in the end. */
    static final class Flow {
        final SessionFlow identity;
        final long firstSequence;
        long openerClosed;
        long targetClosed;
        long closed;
        String reason = "null";
        final long[] written = new long[2];

        Flow(SessionFlow identity, long firstSequence) {
            this.identity = identity;
            this.firstSequence = firstSequence;
        }
    }

    static final String[] GAMES = {"game1", "game2"};

    final String lab;
    final int partition;
    final List<SessionEvent> log = new ArrayList<>();
    final List<SessionEvent> truth = new ArrayList<>();
    final List<Receipt> receipts = new ArrayList<>();
    final Map<String, Map<Integer, Flow>> flows = new HashMap<>();

    final Random random;
    final String[] runs = new String[2];
    final long[] adapterSequences = new long[2];
    final long[] commandSequences = new long[2];
    long nowMicros = 1_769_000_000_123_457L;
    long inputOffset;
    long epoch;
    long ordinal;
    String session = "";
    long sequence;
    int flowNumber;
    long flowReference;

    /** Empty, without a claim. */
    LabLog(String lab, int partition, long seed) {
        this.lab = lab;
        this.partition = partition;
        this.random = new Random(seed);
    }

    void claim() {
        epoch++;
        SessionEvent claim =
                SessionEvent.newBuilder()
                        .setLab(lab)
                        .setOwnerEpoch(epoch)
                        .setSequencedAtMicros(tick())
                        .setOwnerClaim(OwnerClaim.newBuilder().setOwnerId(uuid()))
                        .build();
        log.add(claim);
    }

    void startSession() {
        session = uuid();
        sequence = 0;
        flowNumber = 0;
        append(event().setSessionStarted(SessionStarted.newBuilder().setOrdinal(++ordinal)));
    }

    AdapterEvent.Builder said(int game) {
        return AdapterEvent.newBuilder()
                .setLab(lab)
                .setInstance(GAMES[game])
                .setRunId(runs[game])
                .setAdapterSequence(++adapterSequences[game])
                .setCapturedAtMicros(tick())
                .setSoftwareVersion("0.1.0")
                .setCaptureMethod(CaptureMethod.CAPTURE_METHOD_SOCKET);
    }

    void adapter(int game, Verdict verdict, @Nullable SessionFlow flow, AdapterEvent.Builder said) {
        SessionEvent.Builder event =
                event().setAdapterEvent(said)
                        .setVerdict(verdict)
                        .setInput(
                                InputPosition.newBuilder()
                                        .setTopic("kontor.packets")
                                        .setPartition(partition)
                                        .setOffset(inputOffset++));
        if (flow != null) {
            event.setFlow(flow);
            flowsHere()
                    .computeIfAbsent(
                            flow.getNumber(), _ -> new Flow(flow, event.getSessionSequence()));
        }
        if (verdict == Verdict.VERDICT_RELAYED) {
            deliver(event, 1 - game, payloadOf(said).size());
        }
        append(event);
    }

    void deliver(SessionEvent.Builder event, int target, int payloadBytes) {
        long command = ++commandSequences[target];
        event.addDeliveries(
                Delivery.newBuilder()
                        .setInstance(GAMES[target])
                        .setTargetRunId(runs[target])
                        .setCommandSequence(command));
        receipts.add(
                Receipt.newBuilder()
                        .setLab(lab)
                        .setInstance(GAMES[target])
                        .setRunId(runs[target])
                        .setTargetRunId(runs[target])
                        .setCommandSequence(command)
                        .setSessionId(session)
                        .setSessionSequence(event.getSessionSequence())
                        .setOutcome(Outcome.OUTCOME_DONE)
                        .setDoneAtMicros(tick())
                        .setPayloadBytes(payloadBytes)
                        .build());
    }

    static ByteString payloadOf(AdapterEvent.Builder said) {
        return said.hasDatagram()
                ? said.getDatagram().getPayload()
                : said.getFlowData().getPayload();
    }

    SessionEvent.Builder event() {
        return SessionEvent.newBuilder()
                .setLab(lab)
                .setSessionId(session)
                .setSessionSequence(session.isEmpty() ? 0 : sequence + 1)
                .setOwnerEpoch(epoch)
                .setSequencedAtMicros(tick())
                .setVerdict(Verdict.VERDICT_OBSERVED);
    }

    void append(SessionEvent.Builder event) {
        SessionEvent built = event.build();
        sequence = built.getSessionSequence();
        log.add(built);
        truth.add(built);
    }

    Map<Integer, Flow> flowsHere() {
        return flows.computeIfAbsent(session, _ -> new TreeMap<>());
    }

    SessionFlow.Builder identity(Protocol protocol, int opener) {
        int port = 2300 + flowNumber;
        return SessionFlow.newBuilder()
                .setNumber(++flowNumber)
                .setProtocol(protocol)
                .setOpener(
                        FlowEnd.newBuilder()
                                .setInstance(GAMES[opener])
                                .setEndpoint(endpoint(opener, opener, port)))
                .setTarget(
                        FlowEnd.newBuilder()
                                .setInstance(GAMES[1 - opener])
                                .setEndpoint(endpoint(opener, 1 - opener, 2300)));
    }

    static SessionFlow from(Flow flow, int game, int opener) {
        return flow.identity.toBuilder().setFromOpener(game == opener).build();
    }

    static Endpoint endpoint(int network, int host, int port) {
        return Endpoint.newBuilder().setAddress(address(network, host)).setPort(port).build();
    }

    static ByteString address(int network, int host) {
        return ByteString.copyFrom(new byte[] {127, (byte) (network + 1), 0, (byte) (host + 1)});
    }

    ByteString payload(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    static int crc(ByteString payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload.asReadOnlyByteBuffer());
        return (int) crc.getValue();
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    long tick() {
        nowMicros += 1 + random.nextInt(5_000);
        return nowMicros;
    }
}
