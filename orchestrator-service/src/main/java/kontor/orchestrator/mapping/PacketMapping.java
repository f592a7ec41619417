package kontor.orchestrator.mapping;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Endpoint;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.Payload;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.RunStarted;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** Reads adapter events. */
public final class PacketMapping {

    private PacketMapping() {}

    /**
     * Reads an adapter event as the input of an owner. Only an answer to a freeze is looked at for
     * the coordinator of reloads; packets cost nothing there.
     *
     * @throws IllegalArgumentException if it has no identity, as {@link #read} says
     */
    public static OwnerInput.Captured captured(
            kontor.packets.v1.AdapterEvent written, InputPosition position) {
        AdapterEvent event = read(written);
        kontor.orchestrator.reload.@Nullable Input answer =
                event.what() instanceof Happening.FreezeAnswered
                        ? ReloadMapping.answer(written)
                        : null;
        return new OwnerInput.Captured(event, position, answer);
    }

    /**
     * Reads an event. Anything wrong in its content makes it {@link Happening.Malformed}: a lab
     * goes on even if one of its games, or a newer adapter, sends what is not understood here.
     *
     * @throws IllegalArgumentException if lab, instance, run or sequence are missing or malformed:
     *     such an event has no identity and cannot be recorded
     */
    static AdapterEvent read(kontor.packets.v1.AdapterEvent event) {
        if (event.getAdapterSequence() <= 0) {
            throw new IllegalArgumentException("it has no adapter sequence");
        }
        return new AdapterEvent(
                new LabName(event.getLab()),
                new InstanceName(event.getInstance()),
                RunId.parse(event.getRunId()),
                event.getAdapterSequence(),
                event.getCapturedAtMicros(),
                happening(event),
                event.getCaptureMethod() == CaptureMethod.CAPTURE_METHOD_IMPORT);
    }

    private static Happening happening(kontor.packets.v1.AdapterEvent event) {
        try {
            return wellFormed(event);
        } catch (IllegalArgumentException e) {
            return new Happening.Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Happening wellFormed(kontor.packets.v1.AdapterEvent event) {
        return switch (event.getWhatCase()) {
            case RUN_STARTED -> runStarted(event.getRunStarted());
            case RUN_STOPPED -> new Happening.RunStopped();
            case FLOW_OPENED -> {
                var opened = event.getFlowOpened();
                yield new Happening.FlowOpened(
                        flow(opened.getFlow()),
                        endpoint(opened.getSource()),
                        endpoint(opened.getDestination()));
            }
            case FLOW_ACCEPTED ->
                    new Happening.FlowAccepted(flow(event.getFlowAccepted().getFlow()));
            case FLOW_REFUSED -> new Happening.FlowRefused(flow(event.getFlowRefused().getFlow()));
            case FLOW_DATA ->
                    new Happening.FlowData(
                            flow(event.getFlowData().getFlow()),
                            payload(event.getFlowData().getPayload(), event),
                            event.getFlowData().getStreamOffset()
                                    + event.getFlowData().getPayload().size());
            case FLOW_HALF_CLOSED ->
                    new Happening.FlowHalfClosed(flow(event.getFlowHalfClosed().getFlow()));
            case FLOW_RESET -> new Happening.FlowReset(flow(event.getFlowReset().getFlow()));
            case FLOW_STALLED -> new Happening.FlowStalled(flow(event.getFlowStalled().getFlow()));
            case FLOW_DRAINED -> new Happening.FlowDrained(flow(event.getFlowDrained().getFlow()));
            case FLOW_CONFIRMED ->
                    new Happening.FlowConfirmed(
                            flow(event.getFlowConfirmed().getFlow()),
                            event.getFlowConfirmed().getStreamOffset());
            case DATAGRAM -> {
                var datagram = event.getDatagram();
                yield new Happening.Datagram(
                        endpoint(datagram.getSource()),
                        endpoint(datagram.getDestination()),
                        payload(datagram.getPayload(), event));
            }
            case DATAGRAMS_MISSED -> new Happening.DatagramsMissed();
            case STRANGER_SEEN -> new Happening.StrangerSeen();
            case INJECTION -> injected(event.getInjection(), event);
            case GAME_FROZEN, GAME_THAWED, FREEZE_FAILED -> new Happening.FreezeAnswered();
            case WHAT_NOT_SET -> new Happening.Malformed("nothing that is known here happened");
        };
    }

    private static Happening injected(
            kontor.packets.v1.Injection injection, kontor.packets.v1.AdapterEvent event) {
        Payload payload = payload(injection.getPayload(), event);
        return injection.hasFlow()
                ? new Happening.InjectedData(
                        flow(injection.getFlow()), injection.getStreamOffset(), payload)
                : new Happening.InjectedDatagram(
                        endpoint(injection.getSource()),
                        endpoint(injection.getDestination()),
                        payload);
    }

    private static Happening runStarted(RunStarted started) {
        Map<InstanceName, Bytes> peers = new HashMap<>();
        started.getPeerAddressesMap()
                .forEach((name, address) -> peers.put(new InstanceName(name), bytes(address)));
        return new Happening.RunStarted(
                bytes(started.getInstanceAddress()),
                peers,
                bytes(started.getBroadcastAddress()),
                AddressMapping.addresses(started.getOtherAddressesList()),
                AddressMapping.read(started.getAddressRewriting()));
    }

    /**
     * @throws IllegalArgumentException if it names no flow
     */
    static FlowReference flow(kontor.packets.v1.FlowReference flow) {
        if (flow.getRunId().isEmpty() || flow.getNumber() <= 0) {
            throw new IllegalArgumentException("the flow reference is missing");
        }
        return new FlowReference(RunId.parse(flow.getRunId()), flow.getNumber());
    }

    static Endpoint endpoint(kontor.packets.v1.Endpoint endpoint) {
        if (endpoint.getAddress().isEmpty()) {
            throw new IllegalArgumentException("an address is missing");
        }
        return new Endpoint(bytes(endpoint.getAddress()), endpoint.getPort());
    }

    private static Payload payload(ByteString payload, kontor.packets.v1.AdapterEvent event) {
        return new Payload(bytes(payload), event.getPayloadCrc32C());
    }

    static Bytes bytes(ByteString bytes) {
        return Bytes.owning(bytes.toByteArray());
    }
}
