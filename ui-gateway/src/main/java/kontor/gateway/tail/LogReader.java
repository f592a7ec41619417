package kontor.gateway.tail;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Message;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.FollowerStatus;
import kontor.control.v1.ReloadStatus;
import kontor.control.v1.RequestReload;
import kontor.control.v1.ServiceStatus;
import kontor.gateway.events.Descriptions;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FlowEnd;
import kontor.gateway.events.FlowPart;
import kontor.gateway.instances.InstanceNetwork;
import kontor.gateway.instances.InstanceStatus;
import kontor.gateway.messages.AnalysisNews;
import kontor.gateway.messages.MessageSummary;
import kontor.gateway.reloads.FollowerState;
import kontor.gateway.reloads.FollowerSummary;
import kontor.gateway.reloads.ReloadPhase;
import kontor.gateway.reloads.ReloadSummary.PhaseTiming;
import kontor.gateway.reloads.ReloadWord;
import kontor.gateway.reloads.ServiceBoard.ServiceWord;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.StrangerSeen;
import kontor.sessions.v1.Delivery;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.topics.Records;
import org.jspecify.annotations.Nullable;

/** Makes the API's values of the log's messages: the same as the archive makes of the rows. */
final class LogReader {

    private LogReader() {}

    static EventSummary event(SessionEvent event) {
        String type = Records.typeOf(event);
        Instant sequencedAt = instant(event.getSequencedAtMicros());
        @Nullable AdapterEvent said = event.hasAdapterEvent() ? event.getAdapterEvent() : null;
        @Nullable ByteString payload = said == null ? null : payload(said);
        int length = payload == null ? 0 : payload.size();
        return new EventSummary(
                event.getSessionSequence(),
                type,
                said == null ? sequencedAt : instant(said.getCapturedAtMicros()),
                sequencedAt,
                said == null ? null : said.getInstance(),
                word(event.getVerdict(), "VERDICT_"),
                absentIfEmpty(event.getVerdictDetail()),
                event.hasFlow() ? flow(event.getFlow()) : null,
                payload == null ? null : length,
                payload == null ? null : head(payload),
                Descriptions.of(type, length, said == null ? facts(event) : facts(said)),
                event.getDeliveriesList().stream().map(Delivery::getInstance).sorted().toList());
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
                            word(message.getCompleteness(), "COMPLETENESS_"),
                            absentIfEmpty(message.getProblem()),
                            message.getSpansList().stream().mapToInt(s -> s.getLength()).sum()));
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
                network(status));
    }

    private static InstanceNetwork network(AdapterStatus status) {
        Map<String, String> peers = new TreeMap<>();
        status.getPeerAddressesMap().forEach((name, held) -> peers.put(name, text(held)));
        return new InstanceNetwork(
                address(status.getGameAddress()),
                peers,
                address(status.getBroadcastAddress()),
                status.getStrangerPackets(),
                status.getStrangersList().stream()
                        .map(source ->
                                new InstanceNetwork.Stranger(
                                        text(source.getAddress()),
                                        word(source.getProtocol(), "PROTOCOL_"),
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
        return ReloadPhase.valueOf(constant(phase, "RELOAD_PHASE_"));
    }

    static ServiceWord service(ControlEvent event) {
        ServiceStatus status = event.getServiceStatus();
        return new ServiceWord(
                status.getService(),
                status.getProcessId(),
                status.getPid(),
                word(status.getState(), "SERVICE_STATE_"),
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

    static @Nullable ByteString payload(AdapterEvent event) {
        return switch (event.getWhatCase()) {
            case FLOW_DATA -> event.getFlowData().getPayload();
            case DATAGRAM -> event.getDatagram().getPayload();
            case RUN_STARTED,
                    RUN_STOPPED,
                    FLOW_OPENED,
                    FLOW_ACCEPTED,
                    FLOW_REFUSED,
                    FLOW_HALF_CLOSED,
                    FLOW_RESET,
                    FLOW_STALLED,
                    FLOW_DRAINED,
                    FLOW_CONFIRMED,
                    DATAGRAMS_MISSED,
                    STRANGER_SEEN,
                    GAME_FROZEN,
                    GAME_THAWED,
                    FREEZE_FAILED,
                    WHAT_NOT_SET ->
                    null;
        };
    }

    private static Map<String, String> facts(SessionEvent event) {
        return switch (event.getWhatCase()) {
            case SESSION_STARTED ->
                    Map.of("ordinal", Long.toString(event.getSessionStarted().getOrdinal()));
            case SESSION_ENDED ->
                    Map.of("reason", word(event.getSessionEnded().getReason(), "END_REASON_"));
            case ADAPTER_EVENT, OWNER_CLAIM, OWNER_RELEASE, WHAT_NOT_SET -> Map.of();
        };
    }

    private static Map<String, String> facts(AdapterEvent event) {
        Map<String, String> facts = new HashMap<>();
        switch (event.getWhatCase()) {
            case FLOW_DATA ->
                    facts.put("streamOffset", number(event.getFlowData().getStreamOffset()));
            case FLOW_HALF_CLOSED ->
                    facts.put("streamLength", number(event.getFlowHalfClosed().getStreamLength()));
            case FLOW_RESET -> {
                facts.put("streamLength", number(event.getFlowReset().getStreamLength()));
                facts.put("detail", event.getFlowReset().getDetail());
            }
            case FLOW_REFUSED -> {
                facts.put("cause", word(event.getFlowRefused().getCause(), "REFUSAL_CAUSE_"));
                facts.put("detail", event.getFlowRefused().getDetail());
            }
            case FLOW_CONFIRMED ->
                    facts.put("streamOffset", number(event.getFlowConfirmed().getStreamOffset()));
            case FLOW_STALLED ->
                    facts.put("waitingBytes", number(event.getFlowStalled().getWaitingBytes()));
            case DATAGRAMS_MISSED -> {
                facts.put("count", number(event.getDatagramsMissed().getCount()));
                facts.put("cause", word(event.getDatagramsMissed().getCause(), "MISS_CAUSE_"));
                if (event.getDatagramsMissed().hasSocket()) {
                    Endpoint socket = event.getDatagramsMissed().getSocket();
                    facts.put("socket.address", String.valueOf(address(socket.getAddress())));
                    facts.put("socket.port", Integer.toString(socket.getPort()));
                }
            }
            case STRANGER_SEEN -> {
                StrangerSeen stranger = event.getStrangerSeen();
                facts.put("protocol", word(stranger.getProtocol(), "PROTOCOL_"));
                facts.put("packets", number(stranger.getPackets()));
                facts.put("sourceAddress", text(stranger.getSourceAddress()));
                facts.put("sourcePort", Integer.toString(stranger.getSourcePort()));
                facts.put("destinationAddress", text(stranger.getDestinationAddress()));
                facts.put("destinationPort", Integer.toString(stranger.getDestinationPort()));
            }
            case GAME_FROZEN -> {
                facts.put("freezeId", event.getGameFrozen().getFreezeId());
                facts.put("method", event.getGameFrozen().getMethod());
                facts.put("tookMicros", Long.toString(event.getGameFrozen().getTookMicros()));
            }
            case GAME_THAWED -> {
                facts.put("freezeId", event.getGameThawed().getFreezeId());
                facts.put("cause", word(event.getGameThawed().getCause(), "THAW_CAUSE_"));
                facts.put("frozenMicros", Long.toString(event.getGameThawed().getFrozenMicros()));
            }
            case FREEZE_FAILED -> {
                facts.put("freezeId", event.getFreezeFailed().getFreezeId());
                facts.put("detail", event.getFreezeFailed().getDetail());
            }
            case RUN_STARTED,
                    RUN_STOPPED,
                    FLOW_OPENED,
                    FLOW_ACCEPTED,
                    DATAGRAM,
                    FLOW_DRAINED,
                    WHAT_NOT_SET -> {}
        }
        return facts;
    }

    private static FlowPart flow(SessionFlow flow) {
        FlowEnd opener = end(flow.getOpener());
        FlowEnd target = end(flow.getTarget());
        return new FlowPart(
                flow.getNumber(),
                word(flow.getProtocol(), "PROTOCOL_"),
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
        try {
            return InetAddress.getByAddress(bytes.toByteArray()).getHostAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static String text(ByteString address) {
        @Nullable String text = address(address);
        return text == null ? "" : text;
    }

    private static String head(ByteString payload) {
        int shown = Math.min(payload.size(), EventSummary.HEAD_BYTES);
        return HexFormat.of().formatHex(payload.substring(0, shown).toByteArray());
    }

    private static String number(long unsigned) {
        return Long.toUnsignedString(unsigned);
    }

    private static String word(Enum<?> constant, String prefix) {
        return constant(constant, prefix).toLowerCase(Locale.ROOT);
    }

    private static String constant(Enum<?> constant, String prefix) {
        return constant.name().replace(prefix, "");
    }

    private static @Nullable String absentIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
