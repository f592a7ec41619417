package kontor.gateway.imports;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kontor.captures.importing.ImportedDeed;
import kontor.captures.importing.ImportedInstance;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowAccepted;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowHalfClosed;
import kontor.packets.v1.FlowOpened;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.FlowRefused;
import kontor.packets.v1.FlowReset;
import kontor.packets.v1.RefusalCause;
import kontor.packets.v1.RunStarted;
import kontor.packets.v1.RunStopped;
import kontor.vocabulary.Bytes;

/**
 * What the adapters of an import say: each instance's run begins, everybody's deeds in order, and
 * the runs stop. Pure but for the runs' names, which are given.
 */
final class ImportedEvents {

    private final String lab;
    private final String version;
    private final Map<String, String> runs = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<ImportedInstance> instances;
    private boolean begun;
    private long lastAtNanos;

    /**
     * @param newRun names each instance's run
     */
    ImportedEvents(
            String lab, String version, List<ImportedInstance> instances, Supplier<UUID> newRun) {
        this.lab = lab;
        this.version = version;
        this.instances = List.copyOf(instances);
        instances.forEach(instance -> runs.put(instance.name(), newRun.get().toString()));
    }

    /** Takes the next deed; gives what the adapters say of it, and at first that they are there. */
    void on(ImportedDeed deed, Consumer<AdapterEvent> sink) {
        if (!begun) {
            begun = true;
            for (ImportedInstance instance : instances) {
                RunStarted.Builder started =
                        RunStarted.newBuilder().setInstanceAddress(bytes(instance.address()));
                instance.peers()
                        .forEach((name, peer) -> started.putPeerAddresses(name, bytes(peer)));
                sink.accept(event(instance.name(), deed.atNanos()).setRunStarted(started).build());
            }
        }
        lastAtNanos = deed.atNanos();
        sink.accept(event(deed));
    }

    /** There are no more deeds: the adapters stop. */
    void end(Consumer<AdapterEvent> sink) {
        for (ImportedInstance instance : begun ? instances : List.<ImportedInstance>of()) {
            sink.accept(
                    event(instance.name(), lastAtNanos)
                            .setRunStopped(RunStopped.getDefaultInstance())
                            .build());
        }
    }

    private AdapterEvent event(ImportedDeed deed) {
        AdapterEvent.Builder event = event(deed.instance(), deed.atNanos());
        return switch (deed) {
            case ImportedDeed.Opened d ->
                    event.setFlowOpened(
                                    FlowOpened.newBuilder()
                                            .setFlow(flow(d))
                                            .setSource(endpoint(d.source()))
                                            .setDestination(endpoint(d.destination())))
                            .build();
            case ImportedDeed.Accepted d ->
                    event.setFlowAccepted(
                                    FlowAccepted.newBuilder()
                                            .setFlow(flow(d))
                                            .setSource(endpoint(d.source()))
                                            .setDestination(endpoint(d.destination())))
                            .build();
            case ImportedDeed.Refused d ->
                    event.setFlowRefused(
                                    FlowRefused.newBuilder()
                                            .setFlow(flow(d))
                                            .setCause(RefusalCause.REFUSAL_CAUSE_REFUSED))
                            .build();
            case ImportedDeed.Wrote d ->
                    event.setPayloadCrc32C(d.payload().crc32c())
                            .setFlowData(
                                    FlowData.newBuilder()
                                            .setFlow(flow(d))
                                            .setStreamOffset(d.offset())
                                            .setPayload(bytes(d.payload())))
                            .build();
            case ImportedDeed.Finished d ->
                    event.setFlowHalfClosed(
                                    FlowHalfClosed.newBuilder()
                                            .setFlow(flow(d))
                                            .setStreamLength(d.length()))
                            .build();
            case ImportedDeed.Reset d ->
                    event.setFlowReset(
                                    FlowReset.newBuilder()
                                            .setFlow(flow(d))
                                            .setStreamLength(d.length()))
                            .build();
            case ImportedDeed.Sent d ->
                    event.setPayloadCrc32C(d.payload().crc32c())
                            .setDatagram(
                                    Datagram.newBuilder()
                                            .setSource(endpoint(d.source()))
                                            .setDestination(endpoint(d.destination()))
                                            .setPayload(bytes(d.payload())))
                            .build();
        };
    }

    private AdapterEvent.Builder event(String instance, long atNanos) {
        return AdapterEvent.newBuilder()
                .setLab(lab)
                .setInstance(instance)
                .setRunId(run(instance))
                .setAdapterSequence(sequences.merge(instance, 1L, Long::sum))
                .setCapturedAtMicros(Math.floorDiv(atNanos, 1_000L))
                .setSoftwareVersion(version)
                .setCaptureMethod(CaptureMethod.CAPTURE_METHOD_IMPORT);
    }

    private String run(String instance) {
        return Objects.requireNonNull(runs.get(instance), instance);
    }

    private FlowReference flow(ImportedDeed.InFlow deed) {
        return FlowReference.newBuilder()
                .setRunId(run(deed.opener()))
                .setNumber(deed.flow())
                .build();
    }

    private static Endpoint endpoint(InetSocketAddress end) {
        return Endpoint.newBuilder()
                .setAddress(bytes(end.getAddress()))
                .setPort(end.getPort())
                .build();
    }

    private static ByteString bytes(InetAddress address) {
        return ByteString.copyFrom(address.getAddress());
    }

    private static ByteString bytes(Bytes bytes) {
        return ByteString.copyFrom(bytes.asByteBuffer());
    }
}
