package kontor.gateway.sample;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import kontor.analysis.v1.AnalysisResult;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.DatagramsMissed;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowAccepted;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowHalfClosed;
import kontor.packets.v1.FlowOpened;
import kontor.packets.v1.FlowReset;
import kontor.packets.v1.MissCause;
import kontor.sessions.v1.Delivery;
import kontor.sessions.v1.EndReason;
import kontor.sessions.v1.InputPosition;
import kontor.sessions.v1.SessionEnded;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.SessionStarted;
import kontor.sessions.v1.Verdict;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

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

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00.000001Z");

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
    private final Instant begin;
    private final Map<String, Run> runs = new HashMap<>();
    private final SampleFlows flows = new SampleFlows();
    private final Map<String, Long> offsets = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private long sequence;
    private long inputOffset = 100;
    private long micros;

    /** One of the first owner's. */
    public static SampleSession of(String lab) {
        return new SampleSession(lab, UUID.randomUUID(), 1, BEGIN);
    }

    /** A lobby and a few moves. */
    public static SampleSession lobby(String lab) {
        SampleSession session = of(lab);
        session.datagram("game1", 46130, 47624, SampleMessages.dplay(0x02, 52));
        int flow = session.open("game2", 40983, 2300);
        session.write(flow, true, SampleMessages.dplay(0x01, 124));
        session.write(flow, true, SampleMessages.dplay(0x07, 68));
        session.datagram("game1", 2350, 2350, SampleMessages.x642(1, 2, 3));
        session.undeliverable("game2", SampleMessages.x642(4));
        session.halfClose(flow, true);
        session.reset(flow, false);
        return session;
    }

    public SampleSession(String lab, UUID id, long epoch, Instant begin) {
        this.lab = lab;
        this.begin = begin;
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

    public Instant startedAt() {
        return begin;
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

    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /**
     * What was built since this was asked last; it is forgotten, so that a session can be endless.
     */
    public List<Step> takeSteps() {
        List<Step> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    /** 1 to the last. */
    public List<Long> sequences() {
        return LongStream.rangeClosed(1, lastSequence()).boxed().toList();
    }

    public long lastSequence() {
        return sequence;
    }

    public void pause(long millis) {
        micros += 1000 * millis;
    }

    /** A TCP connection, accepted. */
    public int open(String from, int fromPort, int toPort) {
        String to = SampleFlows.other(from);
        SessionFlow flow = flows.tcp(from, run(from), fromPort, toPort);
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
        return flow.getNumber();
    }

    /** Bytes in a TCP flow. */
    public void write(int number, boolean fromOpener, Bytes payload) {
        SessionFlow flow = flows.of(number).toBuilder().setFromOpener(fromOpener).build();
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
        SessionFlow flow = flows.of(number).toBuilder().setFromOpener(fromOpener).build();
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
        SessionFlow flow = flows.of(number).toBuilder().setFromOpener(fromOpener).build();
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
        SessionFlow flow = flows.udp(from, fromPort, toPort);
        said(
                from,
                flow,
                Verdict.VERDICT_RELAYED,
                payload.length(),
                adapterEvent(from)
                        .setPayloadCrc32C(payload.crc32c())
                        .setDatagram(
                                Datagram.newBuilder()
                                        .setSource(SampleFlows.own(from, fromPort))
                                        .setDestination(SampleFlows.others(from, toPort))
                                        .setPayload(ByteString.copyFrom(payload.asByteBuffer()))));
        analyse(payload);
    }

    /** Games that talk by turns. */
    public void chat(int datagrams) {
        for (int i = 0; i < datagrams; i++) {
            datagram(i % 2 == 0 ? "game1" : "game2", 2350, 2350, SampleMessages.x642(i));
        }
    }

    /** A datagram to an address that nobody has. */
    public void undeliverable(String from, Bytes payload) {
        SessionFlow flow = flows.udpToNobody(from);
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

    /** Its adapter says that datagrams were lost. */
    public void missed(String from, long count, MissCause cause, @Nullable Endpoint socketOrNull) {
        DatagramsMissed.Builder missed =
                DatagramsMissed.newBuilder().setCount(count).setCause(cause);
        if (socketOrNull != null) {
            missed.setSocket(socketOrNull);
        }
        step(
                base().setVerdict(Verdict.VERDICT_OBSERVED)
                        .setAdapterEvent(adapterEvent(from).setDatagramsMissed(missed)),
                List.of());
    }

    /**
     * Anything that an adapter may say.
     *
     * @param verdict the number of any verdict, known or not
     * @param what fills in what was said
     */
    public void says(
            String from,
            @Nullable SessionFlow flowOrNull,
            int verdict,
            ByteString delivered,
            Consumer<AdapterEvent.Builder> what) {
        SessionEvent.Builder event =
                base().setVerdictValue(verdict)
                        .setVerdictDetail("verdict " + verdict)
                        .setDeliveredPayload(delivered);
        if (flowOrNull != null) {
            event.setFlow(flowOrNull);
        }
        AdapterEvent.Builder said = adapterEvent(from);
        what.accept(said);
        step(event.setAdapterEvent(said), List.of());
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
            Run to = runOf(SampleFlows.other(from));
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

    private void analyse(Bytes payload) {
        Step last = steps.removeLast();
        SessionEvent event = last.event();
        String to = SampleFlows.other(event.getAdapterEvent().getInstance());
        AnalysisResult result = SampleMessages.found(event, to, payload);
        steps.add(new Step(event, last.receipts(), List.of(result)));
    }
}
