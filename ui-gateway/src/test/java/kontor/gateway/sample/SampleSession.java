package kontor.gateway.sample;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Completeness;
import kontor.analysis.v1.Field;
import kontor.analysis.v1.Message;
import kontor.analysis.v1.Span;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowAccepted;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowHalfClosed;
import kontor.packets.v1.FlowOpened;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.FlowReset;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.Delivery;
import kontor.sessions.v1.EndReason;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.InputPosition;
import kontor.sessions.v1.SessionEnded;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.SessionStarted;
import kontor.sessions.v1.Verdict;
import kontor.vocabulary.Bytes;

/**
 * Builds a session event by event, as a right orchestrator would: two games, TCP and UDP. What was
 * built so far can be taken at any time.
 */
public final class SampleSession {

    /** One thing that happened, with what followed from it. */
    public record Step(SessionEvent event, List<Receipt> receipts, List<AnalysisResult> results) {

        public Step {
            receipts = List.copyOf(receipts);
            results = List.copyOf(results);
        }
    }

    private static final class Run {
        final UUID id = UUID.randomUUID();
        final String instance;
        long adapterSequence = 1;
        long commandSequence;

        Run(String instance) {
            this.instance = instance;
        }
    }

    private final String lab;
    private final UUID id;
    private final long epoch;
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<Integer, SessionFlow> flows = new HashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private long sequence;
    private long inputOffset = 100;
    private long micros;

    public SampleSession(String lab, UUID id, long epoch, Instant begin) {
        this.lab = lab;
        this.id = id;
        this.epoch = epoch;
        this.micros = ChronoUnit.MICROS.between(Instant.EPOCH, begin);
        runs.put("game1", new Run("game1"));
        runs.put("game2", new Run("game2"));
        step(
                base().setVerdict(Verdict.VERDICT_OBSERVED)
                        .setSessionStarted(SessionStarted.newBuilder().setOrdinal(1)),
                List.of());
    }

    public String lab() {
        return lab;
    }

    public UUID id() {
        return id;
    }

    public UUID run(String instance) {
        return runOf(instance).id;
    }

    private Run runOf(String instance) {
        return requireNonNull(runs.get(instance));
    }

    private SessionFlow flowOf(int number) {
        return requireNonNull(flows.get(number));
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }

    public long lastSequence() {
        return sequence;
    }

    public void pause(long millis) {
        micros += 1000 * millis;
    }

    /** A TCP connection, accepted. */
    public int open(String from, int fromPort, int toPort) {
        int number = flows.size() + 1;
        String to = other(from);
        SessionFlow flow =
                SessionFlow.newBuilder()
                        .setNumber(number)
                        .setProtocol(Protocol.PROTOCOL_TCP)
                        .setOpener(end(from, from, fromPort))
                        .setTarget(end(from, to, toPort))
                        .setFromOpener(true)
                        .setReference(
                                FlowReference.newBuilder()
                                        .setRunId(run(from).toString())
                                        .setNumber(number))
                        .build();
        flows.put(number, flow);
        said(
                from,
                flow,
                Verdict.VERDICT_RELAYED,
                0,
                adapterEvent(from)
                        .setFlowOpened(
                                FlowOpened.newBuilder()
                                        .setFlow(flow.getReference())
                                        .setSource(flow.getOpener().getEndpoint())
                                        .setDestination(flow.getTarget().getEndpoint())));
        said(
                to,
                flow.toBuilder().setFromOpener(false).build(),
                Verdict.VERDICT_OBSERVED,
                0,
                adapterEvent(to)
                        .setFlowAccepted(FlowAccepted.newBuilder().setFlow(flow.getReference())));
        return number;
    }

    /** Bytes in a TCP flow. */
    public void write(int number, boolean fromOpener, Bytes payload) {
        SessionFlow flow = flowOf(number).toBuilder().setFromOpener(fromOpener).build();
        String from = (fromOpener ? flow.getOpener() : flow.getTarget()).getInstance();
        long offset = offsets.merge(number + " " + fromOpener, (long) payload.length(), Long::sum);
        said(
                from,
                flow,
                Verdict.VERDICT_RELAYED,
                payload.length(),
                adapterEvent(from)
                        .setPayloadCrc32C(payload.crc32c())
                        .setFlowData(
                                FlowData.newBuilder()
                                        .setFlow(flow.getReference())
                                        .setStreamOffset(offset - payload.length())
                                        .setPayload(ByteString.copyFrom(payload.asByteBuffer()))));
        analyse(payload);
    }

    public void halfClose(int number, boolean fromOpener) {
        SessionFlow flow = flowOf(number).toBuilder().setFromOpener(fromOpener).build();
        String from = (fromOpener ? flow.getOpener() : flow.getTarget()).getInstance();
        said(
                from,
                flow,
                Verdict.VERDICT_RELAYED,
                0,
                adapterEvent(from)
                        .setFlowHalfClosed(
                                FlowHalfClosed.newBuilder()
                                        .setFlow(flow.getReference())
                                        .setStreamLength(
                                                offsets.getOrDefault(
                                                        number + " " + fromOpener, 0L))));
    }

    public void reset(int number, boolean fromOpener) {
        SessionFlow flow = flowOf(number).toBuilder().setFromOpener(fromOpener).build();
        String from = (fromOpener ? flow.getOpener() : flow.getTarget()).getInstance();
        said(
                from,
                flow,
                Verdict.VERDICT_RELAYED,
                0,
                adapterEvent(from)
                        .setFlowReset(
                                FlowReset.newBuilder()
                                        .setFlow(flow.getReference())
                                        .setDetail("Connection reset by peer")
                                        .setStreamLength(
                                                offsets.getOrDefault(
                                                        number + " " + fromOpener, 0L))));
    }

    /** A datagram between the games; its flow is made with the first one. */
    public void datagram(String from, int fromPort, int toPort, Bytes payload) {
        SessionFlow known =
                flows.values().stream()
                        .filter(flow -> flow.getProtocol() == Protocol.PROTOCOL_UDP)
                        .filter(flow -> connects(flow, from, fromPort, toPort))
                        .findFirst()
                        .orElse(null);
        SessionFlow flow =
                known != null
                        ? known.toBuilder()
                                .setFromOpener(known.getOpener().getInstance().equals(from))
                                .build()
                        : SessionFlow.newBuilder()
                                .setNumber(flows.size() + 1)
                                .setProtocol(Protocol.PROTOCOL_UDP)
                                .setOpener(end(from, from, fromPort))
                                .setTarget(end(from, other(from), toPort))
                                .setFromOpener(true)
                                .build();
        flows.putIfAbsent(flow.getNumber(), flow);
        said(
                from,
                flow,
                Verdict.VERDICT_RELAYED,
                payload.length(),
                adapterEvent(from)
                        .setPayloadCrc32C(payload.crc32c())
                        .setDatagram(
                                Datagram.newBuilder()
                                        .setSource(end(from, from, fromPort).getEndpoint())
                                        .setDestination(
                                                end(from, other(from), toPort).getEndpoint())
                                        .setPayload(ByteString.copyFrom(payload.asByteBuffer()))));
        analyse(payload);
    }

    /** A datagram to an address that nobody has. */
    public void undeliverable(String from, Bytes payload) {
        SessionFlow flow =
                SessionFlow.newBuilder()
                        .setNumber(flows.size() + 1)
                        .setProtocol(Protocol.PROTOCOL_UDP)
                        .setOpener(end(from, from, 2350))
                        .setTarget(FlowEnd.newBuilder().setEndpoint(endpoint(127, 1, 0, 9, 2350)))
                        .setFromOpener(true)
                        .build();
        flows.put(flow.getNumber(), flow);
        SessionEvent.Builder event =
                base().setFlow(flow)
                        .setVerdict(Verdict.VERDICT_UNDELIVERABLE)
                        .setVerdictDetail("127.1.0.9 belongs to nobody in this lab")
                        .setAdapterEvent(
                                adapterEvent(from)
                                        .setPayloadCrc32C(payload.crc32c())
                                        .setDatagram(
                                                Datagram.newBuilder()
                                                        .setSource(flow.getOpener().getEndpoint())
                                                        .setDestination(
                                                                flow.getTarget().getEndpoint())
                                                        .setPayload(
                                                                ByteString.copyFrom(
                                                                        payload.asByteBuffer()))));
        step(event, List.of());
    }

    public void end() {
        step(
                base().setVerdict(Verdict.VERDICT_OBSERVED)
                        .setSessionEnded(
                                SessionEnded.newBuilder()
                                        .setReason(EndReason.END_REASON_REQUESTED)),
                List.of());
    }

    private void said(
            String from,
            SessionFlow flow,
            Verdict verdict,
            int bytes,
            AdapterEvent.Builder adapterEvent) {
        SessionEvent.Builder event =
                base().setFlow(flow).setVerdict(verdict).setAdapterEvent(adapterEvent);
        List<Receipt> receipts = new ArrayList<>();
        if (verdict == Verdict.VERDICT_RELAYED) {
            Run to = runOf(other(from));
            to.commandSequence++;
            event.addDeliveries(
                    Delivery.newBuilder()
                            .setInstance(to.instance)
                            .setTargetRunId(to.id.toString())
                            .setCommandSequence(to.commandSequence));
            receipts.add(
                    Receipt.newBuilder()
                            .setLab(lab)
                            .setInstance(to.instance)
                            .setRunId(to.id.toString())
                            .setTargetRunId(to.id.toString())
                            .setCommandSequence(to.commandSequence)
                            .setSessionId(id.toString())
                            .setSessionSequence(sequence + 1)
                            .setOutcome(Outcome.OUTCOME_DONE)
                            .setDoneAtMicros(micros + 1900)
                            .setPayloadBytes(bytes)
                            .build());
        }
        step(event, receipts);
    }

    private void step(SessionEvent.Builder event, List<Receipt> receipts) {
        sequence++;
        micros += 1200;
        steps.add(
                new Step(
                        event.setSessionSequence(sequence)
                                .setSequencedAtMicros(micros + 700)
                                .build(),
                        receipts,
                        List.of()));
    }

    private SessionEvent.Builder base() {
        return SessionEvent.newBuilder()
                .setLab(lab)
                .setSessionId(id.toString())
                .setOwnerEpoch(epoch)
                .setInput(
                        InputPosition.newBuilder()
                                .setTopic("kontor.packets")
                                .setOffset(++inputOffset));
    }

    private AdapterEvent.Builder adapterEvent(String instance) {
        Run run = runOf(instance);
        return AdapterEvent.newBuilder()
                .setLab(lab)
                .setInstance(instance)
                .setRunId(run.id.toString())
                .setAdapterSequence(++run.adapterSequence)
                .setCapturedAtMicros(micros)
                .setSoftwareVersion("test")
                .setCaptureMethod(CaptureMethod.CAPTURE_METHOD_SOCKET);
    }

    /** What an analyzer would find: one message over the whole payload. */
    private void analyse(Bytes payload) {
        Step last = steps.removeLast();
        SessionEvent event = last.event();
        boolean dplay = payload.length() >= 28 && payload.unsignedAt(2) == 0xB0;
        Message.Builder message =
                Message.newBuilder()
                        .setFlow(event.getFlow().getNumber())
                        .setFromInstance(event.getAdapterEvent().getInstance())
                        .setToInstance(other(event.getAdapterEvent().getInstance()))
                        .addSpans(
                                Span.newBuilder()
                                        .setSessionSequence(event.getSessionSequence())
                                        .setLength(payload.length()));
        if (dplay) {
            int command = payload.unsignedAt(24);
            String type = DPLAY.getOrDefault(command, "0x%04X".formatted(command));
            message.setProtocol("dplay")
                    .setType(type)
                    .setSummary(type + " version 14, " + payload.length() + " bytes")
                    .setCompleteness(Completeness.COMPLETENESS_WHOLE)
                    .addFields(
                            field(
                                    "dplay.size",
                                    "Size",
                                    0,
                                    3,
                                    payload.length(),
                                    Integer.toString(payload.length())))
                    .addFields(field("dplay.token", "Token", 3, 1, 0xFAB, "0xFAB"))
                    .addFields(
                            field("dplay.saddr", "Reply address", 4, 16, 0, "0.0.0.0:2300")
                                    .toBuilder()
                                    .addChildren(
                                            field("dplay.saddr.af", "Family", 4, 2, 2, "AF_INET"))
                                    .addChildren(
                                            field("dplay.saddr.port", "Port", 6, 2, 2300, "2300"))
                                    .addChildren(
                                            field("dplay.saddr.ip", "Address", 8, 4, 0, "0.0.0.0")))
                    .addFields(field("dplay.dplay_str", "Signature", 20, 4, 0, "\"play\""))
                    .addFields(
                            field(
                                    "dplay.command",
                                    "Command",
                                    24,
                                    2,
                                    command,
                                    "0x%04X %s".formatted(command, type)))
                    .addFields(
                            field("dplay.dialect.version", "Version", 26, 2, 14, "14 (DirectX 9)"));
        } else {
            message.setProtocol("x642")
                    .setType("VALUES")
                    .setSummary("VALUES: 1 value, wood in store 12 t")
                    .setCompleteness(Completeness.COMPLETENESS_WHOLE)
                    .addFields(field("x642.from", "From", 0, 4, 0x0349281E, "0x0349281E"))
                    .addFields(field("x642.to", "To", 4, 4, 0x0349281D, "0x0349281D"))
                    .addFields(field("x642.action", "Action", 8, 4, 0x84F, "0x084F VALUES"))
                    .addFields(
                            field(
                                    "x642.size",
                                    "Size",
                                    12,
                                    4,
                                    payload.length(),
                                    Integer.toString(payload.length())));
        }
        AnalysisResult result =
                AnalysisResult.newBuilder()
                        .setLab(lab)
                        .setSessionId(id.toString())
                        .setSessionSequence(event.getSessionSequence())
                        .setAnalyzer(dplay ? "dplay" : "x642")
                        .setAnalyzerVersion("test")
                        .addMessages(message)
                        .build();
        steps.add(new Step(event, last.receipts(), List.of(result)));
    }

    private static Field field(
            String name, String label, int offset, int length, double value, String display) {
        return Field.newBuilder()
                .setName(name)
                .setLabel(label)
                .setOffset(offset)
                .setLength(length)
                .setValue(Value.newBuilder().setNumberValue(value))
                .setDisplay(display)
                .build();
    }

    private static final Map<Integer, String> DPLAY =
            Map.ofEntries(
                    Map.entry(0x01, "ENUMSESSIONSREPLY"),
                    Map.entry(0x02, "ENUMSESSIONS"),
                    Map.entry(0x05, "REQUESTPLAYERID"),
                    Map.entry(0x07, "REQUESTPLAYERREPLY"),
                    Map.entry(0x08, "CREATEPLAYER"),
                    Map.entry(0x0B, "DELETEPLAYER"),
                    Map.entry(0x13, "ADDFORWARDREQUEST"),
                    Map.entry(0x16, "PING"),
                    Map.entry(0x17, "PINGREPLY"),
                    Map.entry(0x29, "SUPERENUMPLAYERSREPLY"));

    /** A message in DirectPlay's frame. */
    public static Bytes dplay(int command, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(length | 0xFAB << 20);
        buffer.putShort((short) 2).put((byte) 8).put((byte) 0xFC);
        buffer.position(20);
        buffer.put("play".getBytes(StandardCharsets.US_ASCII));
        buffer.putShort((short) command).putShort((short) 14);
        for (int i = 28; i + 4 <= length; i += 4) {
            buffer.putInt(i, 0x0349281C + i);
        }
        return Bytes.owning(buffer.array());
    }

    /** A game's own message with some values. */
    public static Bytes x642(int... values) {
        int size = 16 + 4 * values.length;
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0x0349281E).putInt(0x0349281D).putInt(0x84F).putInt(size);
        for (int value : values) {
            buffer.putInt(value);
        }
        return Bytes.owning(buffer.array());
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

    private static String other(String instance) {
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

    private static Endpoint endpoint(int a, int b, int c, int d, int port) {
        return Endpoint.newBuilder()
                .setAddress(
                        ByteString.copyFrom(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}))
                .setPort(port)
                .build();
    }
}
