package kontor.adapter.run;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kontor.commands.v1.Action;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.CloseOutput;
import kontor.commands.v1.ExtendWindow;
import kontor.commands.v1.OpenFlow;
import kontor.commands.v1.PauseReading;
import kontor.commands.v1.Receipt;
import kontor.commands.v1.ResetFlow;
import kontor.commands.v1.ResumeReading;
import kontor.commands.v1.SendDatagram;
import kontor.commands.v1.Write;
import kontor.control.v1.AdapterStatus;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowReference;
import kontor.testing.infrastructure.TestProducer;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Passes on between adapters what the contract asks for, and remembers all it saw. */
final class TinyOrchestrator {

    final List<AdapterEvent> events = new CopyOnWriteArrayList<>();
    final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    final List<AdapterStatus> statuses = new CopyOnWriteArrayList<>();

    private final KafkaConsumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Thread thread = new Thread(this::run, "kontor-test-orchestrator");
    private final Map<String, AdapterEvent> runs = new HashMap<>();
    private final Map<String, Long> commandSequences = new ConcurrentHashMap<>();
    private final Map<FlowReference, List<String>> ends = new HashMap<>();
    private final boolean passesOn;
    private volatile boolean stopped;

    /** When set, it knows of no confirmations, like one of an earlier version. */
    volatile boolean old;

    /** When set, each command is sent twice. */
    volatile boolean stammering;

    TinyOrchestrator(String servers) {
        this(servers, true);
    }

    /**
     * @param passesOn whether it gives commands, and does not only remember
     */
    TinyOrchestrator(String servers, boolean passesOn) {
        this.passesOn = passesOn;
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        producer = TestProducer.connectedTo(servers);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topics.PACKETS, Topics.RECEIPTS, Topics.CONTROL)) {
            partitions.add(new TopicPartition(topic, 0));
        }
        consumer.assign(partitions);
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    switch (record.topic()) {
                        case Topics.PACKETS -> packet(Records.adapterEvent(record));
                        case Topics.RECEIPTS -> receipts.add(Records.receipt(record));
                        default -> statuses.add(Records.controlEvent(record).getAdapterStatus());
                    }
                }
            }
        } catch (InterruptException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static long end(FlowData data) {
        return data.getStreamOffset() + data.getPayload().size();
    }

    private void packet(AdapterEvent event) {
        events.add(event);
        if (!passesOn) {
            return;
        }
        switch (event.getWhatCase()) {
            case RUN_STARTED -> {
                runs.put(event.getInstance(), event);
                commandSequences.put(event.getInstance(), 0L);
            }
            case FLOW_OPENED -> {
                var opened = event.getFlowOpened();
                String target = target(event, opened.getDestination());
                ends.put(opened.getFlow(), List.of(event.getInstance(), target));
                send(
                        target,
                        Action.newBuilder()
                                .setOpenFlow(
                                        OpenFlow.newBuilder()
                                                .setFlow(opened.getFlow())
                                                .setFromInstance(event.getInstance())
                                                .setFromPort(opened.getSource().getPort())
                                                .setToPort(opened.getDestination().getPort())));
            }
            case FLOW_DATA -> {
                var data = event.getFlowData();
                send(
                        other(event, data.getFlow()),
                        Action.newBuilder()
                                .setWrite(
                                        Write.newBuilder()
                                                .setFlow(data.getFlow())
                                                .setPayload(data.getPayload())
                                                .setPayloadCrc32C(event.getPayloadCrc32C())
                                                .setStreamEnd(old ? 0 : end(data))));
            }
            case FLOW_CONFIRMED -> {
                var confirmed = event.getFlowConfirmed();
                send(
                        other(event, confirmed.getFlow()),
                        Action.newBuilder()
                                .setExtendWindow(
                                        ExtendWindow.newBuilder()
                                                .setFlow(confirmed.getFlow())
                                                .setStreamOffset(confirmed.getStreamOffset())));
            }
            case FLOW_HALF_CLOSED -> {
                FlowReference flow = event.getFlowHalfClosed().getFlow();
                send(
                        other(event, flow),
                        Action.newBuilder().setCloseOutput(CloseOutput.newBuilder().setFlow(flow)));
            }
            case FLOW_RESET -> reset(event, event.getFlowReset().getFlow());
            case FLOW_REFUSED -> reset(event, event.getFlowRefused().getFlow());
            case FLOW_STALLED -> {
                FlowReference flow = event.getFlowStalled().getFlow();
                send(
                        other(event, flow),
                        Action.newBuilder()
                                .setPauseReading(PauseReading.newBuilder().setFlow(flow)));
            }
            case FLOW_DRAINED -> {
                FlowReference flow = event.getFlowDrained().getFlow();
                send(
                        other(event, flow),
                        Action.newBuilder()
                                .setResumeReading(ResumeReading.newBuilder().setFlow(flow)));
            }
            case DATAGRAM -> {
                var datagram = event.getDatagram();
                send(
                        target(event, datagram.getDestination()),
                        Action.newBuilder()
                                .setSendDatagram(
                                        SendDatagram.newBuilder()
                                                .setFromInstance(event.getInstance())
                                                .setFromPort(datagram.getSource().getPort())
                                                .setToPort(datagram.getDestination().getPort())
                                                .setPayload(datagram.getPayload())
                                                .setPayloadCrc32C(event.getPayloadCrc32C())));
            }
            case FLOW_ACCEPTED,
                    DATAGRAMS_MISSED,
                    STRANGER_SEEN,
                    INJECTION,
                    RUN_STOPPED,
                    GAME_FROZEN,
                    GAME_THAWED,
                    FREEZE_FAILED,
                    WHAT_NOT_SET -> {}
        }
    }

    private void reset(AdapterEvent event, FlowReference flow) {
        send(
                other(event, flow),
                Action.newBuilder().setResetFlow(ResetFlow.newBuilder().setFlow(flow)));
    }

    private String other(AdapterEvent event, FlowReference flow) {
        List<String> both = requireNonNull(ends.get(flow));
        return both.get(0).equals(event.getInstance()) ? both.get(1) : both.get(0);
    }

    private String target(AdapterEvent event, Endpoint destination) {
        return run(event.getInstance()).getRunStarted().getPeerAddressesMap().entrySet().stream()
                .filter(peer -> peer.getValue().equals(destination.getAddress()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody at " + text(destination)));
    }

    private AdapterEvent run(String instance) {
        return requireNonNull(runs.get(instance));
    }

    private static String text(Endpoint endpoint) {
        try {
            return InetAddress.getByAddress(endpoint.getAddress().toByteArray())
                    + ":"
                    + endpoint.getPort();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void send(String instance, Action.Builder action) {
        long sequence = commandSequences.merge(instance, 1L, Long::sum);
        sendRaw(
                AdapterCommand.newBuilder()
                        .setLab(run(instance).getLab())
                        .setInstance(instance)
                        .setTargetRunId(run(instance).getRunId())
                        .setCommandSequence(sequence)
                        .setOwnerEpoch(1)
                        .addActions(action)
                        .build());
    }

    /** How many commands the present run of this instance was given. */
    long commandsTo(String instance) {
        return commandSequences.getOrDefault(instance, 0L);
    }

    /** Waits until the broker has what was sent. */
    void flush() {
        producer.flush();
    }

    void sendRaw(AdapterCommand command) {
        for (int times = stammering ? 2 : 1; times > 0; times--) {
            var _ =
                    producer.send(
                            Records.of(command),
                            (_, exception) -> {
                                if (exception != null) {
                                    throw new AssertionError(exception);
                                }
                            });
        }
    }

    void close() throws InterruptedException {
        stopped = true;
        thread.join();
        consumer.close();
        producer.close();
    }
}
