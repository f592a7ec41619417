package kontor.gateway.tail;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Completeness;
import kontor.analysis.v1.Message;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.AnalyzerStatus;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.FollowerStatus;
import kontor.control.v1.ReloadStatus;
import kontor.control.v1.RequestReload;
import kontor.control.v1.RunState;
import kontor.control.v1.RunStatus;
import kontor.control.v1.ServiceState;
import kontor.control.v1.ServiceStatus;
import kontor.gateway.analyzers.AnalyzerNotice;
import kontor.gateway.analyzers.AnalyzerProblem;
import kontor.gateway.events.Descriptions;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FlowEnd;
import kontor.gateway.events.FlowPart;
import kontor.gateway.instances.InstanceClock;
import kontor.gateway.instances.InstanceNetwork;
import kontor.gateway.instances.InstanceStatus;
import kontor.gateway.instances.NamedAddresses;
import kontor.gateway.messages.AnalysisNews;
import kontor.gateway.messages.MessageSummary;
import kontor.gateway.reloads.FollowerState;
import kontor.gateway.reloads.FollowerSummary;
import kontor.gateway.reloads.ReloadPhase;
import kontor.gateway.reloads.ReloadSummary.PhaseTiming;
import kontor.gateway.reloads.ReloadWord;
import kontor.gateway.reloads.ServiceBoard.ServiceWord;
import kontor.gateway.runs.RunNotice;
import kontor.log.Addresses;
import kontor.log.EventDetail;
import kontor.log.Payloads;
import kontor.log.Words;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.Delivery;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.Verdict;
import kontor.topics.Records;
import org.jspecify.annotations.Nullable;

/** Makes the API's values of the log's messages: the same as the archive makes of the rows. */
final class LogReader {

    private LogReader() {}

    static AnalyzerNotice analyzer(AnalyzerStatus status) {
        boolean inSession = !status.getSessionId().isEmpty();
        return new AnalyzerNotice(
                status.getAnalyzer(),
                absentIfEmpty(status.getFile()),
                absentIfEmpty(status.getVersion()),
                absentIfEmpty(status.getRefusedVersion()),
                status.getProblemsList().stream()
                        .map(problem ->
                                new AnalyzerProblem(
                                        problem.getLine(),
                                        problem.getColumn(),
                                        problem.getMessage()))
                        .toList(),
                absentIfEmpty(status.getSessionId()),
                inSession ? status.getSwappedAfter() : null,
                inSession ? status.getDissectedFrom() : null,
                inSession ? status.getResults() : null);
    }

    static RunNotice run(RunStatus status) {
        return new RunNotice(
                UUID.fromString(status.getRunId()),
                UUID.fromString(status.getSessionId()),
                Words.of(RunState.getDescriptor(), status.getStateValue()),
                absentIfEmpty(status.getProblem()),
                status.getLastSequence(),
                status.getTotal(),
                status.getMessages());
    }

    static EventSummary event(SessionEvent event) {
        String type = Records.typeOf(event);
        Instant sequencedAt = instant(event.getSequencedAtMicros());
        @Nullable AdapterEvent said = event.hasAdapterEvent() ? event.getAdapterEvent() : null;
        @Nullable ByteString payload = Payloads.of(event);
        @Nullable ByteString delivered = Payloads.delivered(event);
        int length = payload == null ? 0 : payload.size();
        return new EventSummary(
                event.getSessionSequence(),
                type,
                said == null ? sequencedAt : instant(said.getCapturedAtMicros()),
                sequencedAt,
                said == null ? null : said.getInstance(),
                Words.of(Verdict.getDescriptor(), event.getVerdictValue()),
                absentIfEmpty(event.getVerdictDetail()),
                event.hasFlow() ? flow(event.getFlow()) : null,
                payload == null ? null : length,
                payload == null ? null : head(payload),
                delivered == null ? null : delivered.size(),
                delivered == null ? null : head(delivered),
                description(type, length, event),
                event.getDeliveriesList().stream().map(Delivery::getInstance).sorted().toList());
    }

    /** The line of a datagram, which is most of what comes, says nothing of its detail. */
    private static String description(String type, int length, SessionEvent event) {
        return Descriptions.of(
                type,
                length,
                event.getAdapterEvent().hasDatagram() ? Map.of() : EventDetail.of(event));
    }

    static AnalysisNews result(AnalysisResult result) {
        List<MessageSummary> messages = new ArrayList<>();
        for (Message message : result.getMessagesList()) {
            messages.add(
                    new MessageSummary(
                            result.getSessionSequence(),
                            message.getIndex(),
                            result.getAnalyzer(),
                            message.getFlow(),
                            message.getFromInstance(),
                            absentIfEmpty(message.getToInstance()),
                            message.getProtocol(),
                            message.getType(),
                            message.getSummary(),
                            Words.of(Completeness.getDescriptor(), message.getCompletenessValue()),
                            absentIfEmpty(message.getProblem()),
                            message.getSpansList().stream().mapToInt(s -> s.getLength()).sum(),
                            null));
        }
        return new AnalysisNews(
                result.getSessionSequence(),
                result.getAnalyzer(),
                result.getAnalyzerVersion(),
                messages);
    }

    static InstanceStatus status(ControlEvent event) {
        AdapterStatus status = event.getAdapterStatus();
        return new InstanceStatus(
                event.getLab(),
                status.getInstance(),
                UUID.fromString(status.getRunId()),
                instant(status.getRunStartedAtMicros()),
                instant(event.getSentAtMicros()),
                status.getCapturedEvents(),
                status.getPublishedEvents(),
                status.getCapturedPayloadBytes(),
                status.getDeliveredPayloadBytes(),
                status.getSpoolBytes(),
                status.getSpoolLimitBytes(),
                status.getSpoolRefused(),
                status.getOpenFlows(),
                status.getMissedDatagrams(),
                status.getMissedInSockets(),
                status.getMissedAtGame(),
                status.getStopped(),
                absentIfEmpty(status.getFreezeId()),
                network(status),
                status.hasBrokerClockAheadMicros()
                        ? new InstanceClock(
                                status.getBrokerClockAheadMicros(),
                                status.getBrokerClockUncertaintyMicros())
                        : null);
    }

    /** What an event named that means nobody. */
    static NamedAddresses nobodys(SessionEvent event) {
        AdapterEvent said = event.getAdapterEvent();
        return new NamedAddresses(
                event.getLab(),
                said.getInstance(),
                absentIfEmpty(event.getSessionId()),
                event.getSessionSequence(),
                instant(said.getCapturedAtMicros()),
                event.getNobodysAddressesList().stream()
                        .map(named ->
                                new NamedAddresses.Named(
                                        text(named.getAddress()),
                                        named.getField(),
                                        address(named.getOwnAddress())))
                        .toList());
    }

    private static InstanceNetwork network(AdapterStatus status) {
        Map<String, String> peers = new TreeMap<>();
        status.getPeerAddressesMap().forEach((name, held) -> peers.put(name, text(held)));
        return new InstanceNetwork(
                address(status.getGameAddress()),
                peers,
                address(status.getBroadcastAddress()),
                absentIfEmpty(status.getTcpPorts()),
                absentIfEmpty(status.getUdpPorts()),
                status.getStrangerPackets(),
                status.getStrangersList().stream()
                        .map(source ->
                                new InstanceNetwork.Stranger(
                                        text(source.getAddress()),
                                        Words.of(
                                                Protocol.getDescriptor(),
                                                source.getProtocolValue()),
                                        source.getPackets()))
                        .toList());
    }

    static ReloadWord request(ControlEvent event, int partition) {
        RequestReload request = event.getRequestReload();
        return new ReloadWord(
                UUID.fromString(request.getReloadId()),
                event.getLab(),
                request.getService(),
                request.getFreeze(),
                ReloadPhase.REQUESTED,
                instant(event.getSentAtMicros()),
                null,
                null,
                null,
                null,
                List.of(),
                partition,
                0);
    }

    static ReloadWord reload(ControlEvent event, int partition) {
        ReloadStatus status = event.getReloadStatus();
        return new ReloadWord(
                UUID.fromString(status.getReloadId()),
                event.getLab(),
                status.getService(),
                status.getFreeze(),
                phase(status.getPhase()),
                instant(status.getSinceMicros()),
                status.getDeadlineMicros() == 0 ? null : instant(status.getDeadlineMicros()),
                absentIfEmpty(status.getDetail()),
                absentIfEmpty(status.getProcessBefore()),
                absentIfEmpty(status.getProcessAfter()),
                status.getTimingsList().stream()
                        .map(timing ->
                                new PhaseTiming(phase(timing.getPhase()), timing.getTookMicros()))
                        .toList(),
                partition,
                status.getOwnerEpoch());
    }

    private static ReloadPhase phase(Enum<?> phase) {
        return ReloadPhase.valueOf(phase.name().replace("RELOAD_PHASE_", ""));
    }

    static ServiceWord service(ControlEvent event) {
        ServiceStatus status = event.getServiceStatus();
        return new ServiceWord(
                status.getService(),
                status.getProcessId(),
                status.getPid(),
                Words.of(ServiceState.getDescriptor(), status.getStateValue()),
                instant(status.getStartedAtMicros()),
                instant(event.getSentAtMicros()),
                status.getSoftwareVersion(),
                status.getOwnerEpoch(),
                status.getFollowersList().stream().map(LogReader::follower).toList());
    }

    /** A state of a newer version stands for one that a person should look at. */
    private static FollowerSummary follower(FollowerStatus status) {
        FollowerState state =
                switch (status.getState()) {
                    case FOLLOWER_STATE_STARTING, FOLLOWER_STATE_UNSPECIFIED ->
                            FollowerState.STARTING;
                    case FOLLOWER_STATE_RUNNING -> FollowerState.RUNNING;
                    case FOLLOWER_STATE_WAITING -> FollowerState.WAITING;
                    case FOLLOWER_STATE_HALTED, UNRECOGNIZED -> FollowerState.HALTED;
                };
        return new FollowerSummary(
                status.getName(),
                state,
                absentIfEmpty(status.getReason()),
                instant(status.getSinceMicros()));
    }

    private static FlowPart flow(SessionFlow flow) {
        FlowEnd opener = end(flow.getOpener());
        FlowEnd target = end(flow.getTarget());
        return new FlowPart(
                flow.getNumber(),
                Words.of(Protocol.getDescriptor(), flow.getProtocolValue()),
                flow.getFromOpener(),
                flow.getFromOpener() ? opener : target,
                flow.getFromOpener() ? target : opener);
    }

    private static FlowEnd end(kontor.sessions.v1.FlowEnd end) {
        Endpoint endpoint = end.getEndpoint();
        return new FlowEnd(
                absentIfEmpty(end.getInstance()),
                address(endpoint.getAddress()),
                endpoint.getPort());
    }

    private static @Nullable String address(ByteString bytes) {
        return Addresses.orNull(bytes) == null ? null : Addresses.text(bytes);
    }

    private static String text(ByteString address) {
        @Nullable String text = address(address);
        return text == null ? "" : text;
    }

    private static String head(ByteString payload) {
        int shown = Math.min(payload.size(), EventSummary.HEAD_BYTES);
        return HexFormat.of().formatHex(payload.substring(0, shown).toByteArray());
    }

    private static @Nullable String absentIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
