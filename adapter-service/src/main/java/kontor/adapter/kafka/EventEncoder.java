package kontor.adapter.kafka;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.net.InetAddress;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.MissCause;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.Protocol;
import kontor.adapter.capture.RefusalCause;
import kontor.adapter.capture.ThawCause;
import kontor.adapter.spool.EventEncoding;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.AddressRewriting;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.DatagramsMissed;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowAccepted;
import kontor.packets.v1.FlowConfirmed;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowDrained;
import kontor.packets.v1.FlowHalfClosed;
import kontor.packets.v1.FlowOpened;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.FlowRefused;
import kontor.packets.v1.FlowReset;
import kontor.packets.v1.FlowStalled;
import kontor.packets.v1.FreezeFailed;
import kontor.packets.v1.GameFrozen;
import kontor.packets.v1.GameThawed;
import kontor.packets.v1.RunStarted;
import kontor.packets.v1.RunStopped;
import kontor.packets.v1.StrangerSeen;
import kontor.vocabulary.Bytes;

/** Captured events as messages of one run: what goes to {@code kontor.packets}. */
public final class EventEncoder implements EventEncoding {

    private final RunIdentity identity;

    public EventEncoder(RunIdentity identity) {
        this.identity = identity;
    }

    @Override
    public byte[] encode(CapturedEvent event) {
        AdapterEvent.Builder message =
                AdapterEvent.newBuilder()
                        .setLab(identity.lab().value())
                        .setInstance(identity.instance().value())
                        .setRunId(identity.run().toString())
                        .setAdapterSequence(event.sequence())
                        .setCapturedAtMicros(event.capturedAtMicros())
                        .setPayloadCrc32C(event.payloadCrc32c())
                        .setSoftwareVersion(identity.softwareVersion())
                        .setCaptureMethod(CaptureMethod.CAPTURE_METHOD_SOCKET);
        what(event.what(), message);
        return message.build().toByteArray();
    }

    private static void what(Observation what, AdapterEvent.Builder message) {
        switch (what) {
            case Observation.RunStarted started -> message.setRunStarted(runStarted(started));
            case Observation.RunStopped _ -> message.setRunStopped(RunStopped.getDefaultInstance());
            case Observation.FlowOpened opened ->
                    message.setFlowOpened(
                            FlowOpened.newBuilder()
                                    .setFlow(flow(opened.flow()))
                                    .setSource(endpoint(opened.source()))
                                    .setDestination(endpoint(opened.destination())));
            case Observation.FlowAccepted accepted ->
                    message.setFlowAccepted(
                            FlowAccepted.newBuilder()
                                    .setFlow(flow(accepted.flow()))
                                    .setSource(endpoint(accepted.source()))
                                    .setDestination(endpoint(accepted.destination())));
            case Observation.FlowRefused refused ->
                    message.setFlowRefused(
                            FlowRefused.newBuilder()
                                    .setFlow(flow(refused.flow()))
                                    .setCause(cause(refused.cause()))
                                    .setDetail(refused.detail()));
            case Observation.FlowData data ->
                    message.setFlowData(
                            FlowData.newBuilder()
                                    .setFlow(flow(data.flow()))
                                    .setStreamOffset(data.streamOffset())
                                    .setPayload(bytes(data.payload())));
            case Observation.FlowHalfClosed closed ->
                    message.setFlowHalfClosed(
                            FlowHalfClosed.newBuilder()
                                    .setFlow(flow(closed.flow()))
                                    .setStreamLength(closed.streamLength()));
            case Observation.FlowReset reset ->
                    message.setFlowReset(
                            FlowReset.newBuilder()
                                    .setFlow(flow(reset.flow()))
                                    .setStreamLength(reset.streamLength())
                                    .setDetail(reset.detail()));
            case Observation.FlowStalled stalled ->
                    message.setFlowStalled(
                            FlowStalled.newBuilder()
                                    .setFlow(flow(stalled.flow()))
                                    .setWaitingBytes(stalled.waitingBytes()));
            case Observation.FlowDrained drained ->
                    message.setFlowDrained(FlowDrained.newBuilder().setFlow(flow(drained.flow())));
            case Observation.FlowConfirmed confirmed ->
                    message.setFlowConfirmed(
                            FlowConfirmed.newBuilder()
                                    .setFlow(flow(confirmed.flow()))
                                    .setStreamOffset(confirmed.streamOffset()));
            case Observation.Datagram datagram ->
                    message.setDatagram(
                            Datagram.newBuilder()
                                    .setSource(endpoint(datagram.source()))
                                    .setDestination(endpoint(datagram.destination()))
                                    .setPayload(bytes(datagram.payload())));
            case Observation.DatagramsMissed missed -> message.setDatagramsMissed(missed(missed));
            case Observation.StrangerSeen stranger -> message.setStrangerSeen(stranger(stranger));
            case Observation.GameFrozen frozen ->
                    message.setGameFrozen(
                            GameFrozen.newBuilder()
                                    .setFreezeId(frozen.freezeId())
                                    .setMethod(frozen.method())
                                    .setTookMicros(frozen.tookMicros()));
            case Observation.GameThawed thawed ->
                    message.setGameThawed(
                            GameThawed.newBuilder()
                                    .setFreezeId(thawed.freezeId())
                                    .setCause(cause(thawed.cause()))
                                    .setFrozenMicros(thawed.frozenMicros()));
            case Observation.FreezeFailed failed ->
                    message.setFreezeFailed(
                            FreezeFailed.newBuilder()
                                    .setFreezeId(failed.freezeId())
                                    .setDetail(failed.detail()));
        }
    }

    private static RunStarted runStarted(Observation.RunStarted started) {
        RunStarted.Builder message = RunStarted.newBuilder();
        if (started.instanceAddressOrNull() != null) {
            message.setInstanceAddress(address(started.instanceAddressOrNull()));
        }
        started.peers()
                .forEach((name, held) -> message.putPeerAddresses(name.value(), address(held)));
        if (started.broadcastOrNull() != null) {
            message.setBroadcastAddress(address(started.broadcastOrNull()));
        }
        started.others().forEach(other -> message.addOtherAddresses(address(other)));
        message.setAddressRewriting(
                switch (started.rewriting()) {
                    case OFF -> AddressRewriting.ADDRESS_REWRITING_UNSPECIFIED;
                    case AUTO -> AddressRewriting.ADDRESS_REWRITING_AUTO;
                    case ON -> AddressRewriting.ADDRESS_REWRITING_ON;
                });
        return message.build();
    }

    private static DatagramsMissed missed(Observation.DatagramsMissed missed) {
        DatagramsMissed.Builder message =
                DatagramsMissed.newBuilder()
                        .setCount(missed.count())
                        .setCause(cause(missed.cause()));
        if (missed.socketOrNull() != null) {
            message.setSocket(endpoint(missed.socketOrNull()));
        }
        return message.build();
    }

    private static StrangerSeen stranger(Observation.StrangerSeen stranger) {
        StrangerSeen.Builder message =
                StrangerSeen.newBuilder()
                        .setProtocol(protocol(stranger.protocol()))
                        .setPackets(stranger.packets());
        if (stranger.sourceOrNull() != null) {
            message.setSourceAddress(address(stranger.sourceOrNull().address()))
                    .setSourcePort(stranger.sourceOrNull().port());
        }
        if (stranger.destinationOrNull() != null) {
            message.setDestinationAddress(address(stranger.destinationOrNull().address()))
                    .setDestinationPort(stranger.destinationOrNull().port());
        }
        return message.build();
    }

    /** As the messages call it. */
    public static kontor.packets.v1.Protocol protocol(Protocol protocol) {
        return switch (protocol) {
            case TCP -> kontor.packets.v1.Protocol.PROTOCOL_TCP;
            case UDP -> kontor.packets.v1.Protocol.PROTOCOL_UDP;
        };
    }

    private static FlowReference flow(kontor.vocabulary.FlowReference flow) {
        return FlowReference.newBuilder()
                .setRunId(flow.run().toString())
                .setNumber(flow.number())
                .build();
    }

    private static Endpoint endpoint(kontor.adapter.capture.Endpoint endpoint) {
        return Endpoint.newBuilder()
                .setAddress(address(endpoint.address()))
                .setPort(endpoint.port())
                .build();
    }

    private static ByteString address(InetAddress address) {
        return UnsafeByteOperations.unsafeWrap(address.getAddress());
    }

    private static ByteString bytes(Bytes payload) {
        return UnsafeByteOperations.unsafeWrap(payload.asByteBuffer());
    }

    private static kontor.packets.v1.RefusalCause cause(RefusalCause cause) {
        return switch (cause) {
            case REFUSED -> kontor.packets.v1.RefusalCause.REFUSAL_CAUSE_REFUSED;
            case TIMED_OUT -> kontor.packets.v1.RefusalCause.REFUSAL_CAUSE_TIMED_OUT;
            case UNREACHABLE -> kontor.packets.v1.RefusalCause.REFUSAL_CAUSE_UNREACHABLE;
        };
    }

    private static kontor.packets.v1.MissCause cause(MissCause cause) {
        return switch (cause) {
            case SOCKET_BUFFER -> kontor.packets.v1.MissCause.MISS_CAUSE_SOCKET_BUFFER;
            case SPOOL_FULL -> kontor.packets.v1.MissCause.MISS_CAUSE_SPOOL_FULL;
            case GAME_SOCKET -> kontor.packets.v1.MissCause.MISS_CAUSE_GAME_SOCKET;
        };
    }

    private static kontor.packets.v1.ThawCause cause(ThawCause cause) {
        return switch (cause) {
            case COMMAND -> kontor.packets.v1.ThawCause.THAW_CAUSE_COMMAND;
            case TIMEOUT -> kontor.packets.v1.ThawCause.THAW_CAUSE_TIMEOUT;
            case ADAPTER_STOPPED -> kontor.packets.v1.ThawCause.THAW_CAUSE_ADAPTER_STOPPED;
        };
    }
}
