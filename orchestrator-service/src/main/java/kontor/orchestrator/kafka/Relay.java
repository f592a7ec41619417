package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.control.v1.ControlEvent;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Decision.Arrival;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.LabState;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay of one owned partition: takes what a poll brings, decides, writes the session event and
 * its commands, folds, goes on; waits for no acknowledgement. Packets are HALT, control requests
 * that cannot be read are left out with a warning.
 *
 * <p>Runs on the owner's thread.
 */
final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration END_PATIENCE = Duration.ofSeconds(2);

    private final Consumer<String, byte[]> consumer;
    private final RecordSender sender;
    private final PartitionLog log;
    private final SequencerMetrics metrics;
    private final Sequencer sequencer;
    private final Duration pollTimeout;
    private final TopicPartition packets;
    private final TopicPartition control;
    private final Tenure tenure;
    private final SignOfLife sign;
    private final ReloadDesk reloads;
    private final Duration reloadMemory;
    private final CheckpointWriter checkpoints;

    /**
     * @param consumer stays the caller's
     * @param log folded up to the own claim
     */
    Relay(
            int partition,
            Consumer<String, byte[]> consumer,
            RecordSender sender,
            PartitionLog log,
            Tenure tenure,
            ServiceLife life,
            CheckpointWriter checkpoints,
            OrchestratorSettings settings,
            SequencerMetrics metrics) {
        this.checkpoints = checkpoints;
        this.tenure = tenure;
        this.sign = new SignOfLife(life, settings);
        this.reloads =
                new ReloadDesk(life, log, settings.reload(), sender, tenure, metrics.reloads());
        this.reloadMemory = settings.reload().memory();
        this.consumer = consumer;
        this.sender = sender;
        this.log = log;
        this.metrics = metrics;
        this.sequencer = new Sequencer(settings.sessionIdle());
        this.pollTimeout = settings.pollTimeout();
        this.packets = new TopicPartition(Topics.PACKETS, partition);
        this.control = new TopicPartition(Topics.CONTROL, partition);
    }

    /**
     * Relays as long as the partition is owned; a wake-up of the consumer makes it look up.
     *
     * @param lookUp called before each poll; may change the tenure, or throw
     * @throws HaltException at a packet that cannot be read; all before it is relayed
     */
    void run(Runnable lookUp) throws InterruptedException {
        seek();
        while (true) {
            lookUp.run();
            if (tenure.state() != Tenure.State.OWNING) {
                return;
            }
            sender.requireNoFailure();
            if (sign.isDue(System.nanoTime())) {
                say(sign.ready(log.epoch()));
            }
            reloads.tick();
            ConsumerRecords<String, byte[]> records = poll();
            if (records.isEmpty()) {
                quiet();
            }
            for (ConsumerRecord<String, byte[]> record : records) {
                if (record.topic().equals(Topics.PACKETS)) {
                    packet(record);
                } else {
                    control(record);
                }
            }
        }
    }

    private ConsumerRecords<String, byte[]> poll() {
        try {
            return consumer.poll(pollTimeout);
        } catch (WakeupException e) {
            LOG.debug("woken", e);
            return ConsumerRecords.empty();
        }
    }

    private void seek() {
        List<TopicPartition> inputs = List.of(packets, control);
        consumer.assign(inputs);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(inputs);
        for (TopicPartition input : inputs) {
            long next = log.nextOffset(input.topic());
            long first = beginnings.getOrDefault(input, 0L);
            if (next < first && next > 0) {
                LOG.error(
                        "{} was to be read from {} on, but begins at {}: what lay between was"
                                + " deleted before it was read",
                        input,
                        next,
                        first);
            }
            consumer.seek(input, Math.max(next, first));
        }
        seekToReloads();
    }

    /** Reloads are folded anew: from before any that may still run. */
    private void seekToReloads() {
        long since = WallClock.nowMicros() / 1_000 - reloadMemory.toMillis();
        @Nullable OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(control, since)).get(control);
        if (first != null && first.offset() < consumer.position(control)) {
            consumer.seek(control, first.offset());
        }
    }

    private void packet(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        kontor.packets.v1.AdapterEvent written;
        AdapterEvent event;
        try {
            written = Records.adapterEvent(record);
            event = PacketMapping.read(written);
        } catch (UndecodableRecordException e) {
            throw new HaltException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw HaltException.at(record, e);
        }
        LabState lab = log.lab(event.lab());
        Decision decision =
                sequencer.decide(
                        event.lab(), lab, new Input.Captured(event, position(record)), stamp());
        if (decision.arrival() == Arrival.AFTER_GAP) {
            LOG.warn(
                    "Adapter events are missing before {} of run {} of {}",
                    event.sequence(),
                    event.run(),
                    event.instance());
        }
        perform(decision, written);
        kontor.orchestrator.reload.@Nullable Input heard = ReloadMapping.read(written);
        if (heard != null) {
            reloads.on(heard);
        }
    }

    private void control(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        ControlEvent event;
        @Nullable Request request;
        kontor.orchestrator.reload.@Nullable Input heard;
        try {
            event = Records.controlEvent(record);
            request = request(event, position(record));
            heard = ReloadMapping.read(event);
        } catch (UndecodableRecordException | IllegalArgumentException e) {
            metrics.add(SequencerMetric.CONTROL_UNREADABLE, 1);
            LOG.warn(
                    "Control record {}-{}@{} is left out: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return;
        }
        if (request != null && record.offset() >= log.nextOffset(Topics.CONTROL)) {
            LabName lab = request.lab();
            perform(sequencer.decide(lab, log.lab(lab), request.input(), stamp()), null);
        }
        if (heard != null) {
            reloads.on(heard);
        }
    }

    /** Something for the sequencer to decide about. */
    private record Request(LabName lab, Input input) {}

    /** Null for what is not for the sequencer. */
    private static @Nullable Request request(ControlEvent event, InputPosition position) {
        return switch (event.getWhatCase()) {
            case START_SESSION ->
                    new Request(
                            new LabName(event.getLab()),
                            new Input.SessionWanted(
                                    SessionId.parse(event.getStartSession().getSessionId()),
                                    position));
            case END_SESSION ->
                    new Request(
                            new LabName(event.getLab()),
                            new Input.SessionEndWanted(
                                    SessionId.parse(event.getEndSession().getSessionId()),
                                    position));
            case ADAPTER_STATUS,
                    REQUEST_RELOAD,
                    RELOAD_STATUS,
                    SERVICE_STATUS,
                    CONTINUITY_REPORT,
                    PROCESS_ENDED,
                    ANALYZER_STATUS,
                    WHAT_NOT_SET ->
                    null;
        };
    }

    private void say(ControlEvent event) throws InterruptedException {
        sender.send(Records.of(event, control.partition()));
    }

    private void quiet() throws InterruptedException {
        for (LabName lab : log.labs()) {
            Decision decision = sequencer.decide(lab, log.lab(lab), new Input.Quiet(), stamp());
            if (decision.events().isEmpty()) {
                continue;
            }
            // An empty poll may also mean that the broker is away: silence must be known.
            if (allRead()) {
                perform(decision, null);
            } else {
                log.lab(lab).touch(WallClock.nowMicros());
            }
        }
    }

    private boolean allRead() {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(packets), END_PATIENCE);
            return ends.getOrDefault(packets, Long.MAX_VALUE) <= consumer.position(packets);
        } catch (TimeoutException e) {
            LOG.debug("the broker does not answer", e);
            return false;
        }
    }

    private void perform(Decision decision, kontor.packets.v1.@Nullable AdapterEvent adapterEvent)
            throws InterruptedException {
        // All records are made before the first is sent, so that the client takes them into one
        // request. Which of them survives a crash does not matter, for what was lost is decided
        // again in the same words.
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (SessionEvent event : decision.events()) {
            for (Command command : log.fold(new LogRecord.Entry(event)).commands()) {
                long now = event.stamp().nowMicros();
                records.add(Records.of(CommandMapping.write(command, log.epoch(), now)));
            }
            records.add(
                    Records.of(
                            SessionEventMapping.write(event, adapterEvent), packets.partition()));
        }
        if (!records.isEmpty()) {
            checkpoints.onFolded(log, decision.events().size(), sender.sent() + records.size() - 1);
        }
        for (ProducerRecord<String, byte[]> record : records) {
            sender.send(record);
        }
        decision.events().forEach(Relay::logState);
        metrics.count(decision);
    }

    private static void logState(SessionEvent event) {
        switch (event.what()) {
            case SessionEvent.What.Started started ->
                    LOG.info(
                            "Lab {}: session {} ({}) started",
                            event.lab(),
                            started.ordinal(),
                            event.session());
            case SessionEvent.What.Ended ended ->
                    LOG.info(
                            "Lab {}: session {} ended after {} events: {}",
                            event.lab(),
                            event.session(),
                            event.sequence(),
                            ended.reason());
            case SessionEvent.What.Adapter adapter -> LOG.trace("{}", adapter);
        }
    }

    private Stamp stamp() {
        return new Stamp(log.epoch(), WallClock.nowMicros());
    }

    private static InputPosition position(ConsumerRecord<?, ?> record) {
        return new InputPosition(record.topic(), record.partition(), record.offset());
    }
}
