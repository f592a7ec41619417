package kontor.orchestrator.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ServiceState;
import kontor.orchestrator.ownership.ClaimWatch;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.Message;
import kontor.orchestrator.ownership.Moment;
import kontor.orchestrator.ownership.Owner;
import kontor.orchestrator.ownership.OwnerEffect;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.ownership.OwnerInput.Control;
import kontor.orchestrator.ownership.OwnerRules;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
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
 * Performs what the {@link Owner} of one partition wants, with one set of clients, and passes in
 * what comes of it. Decides nothing but how records are read: packets are HALT, control requests
 * that cannot be read are left out with a warning.
 *
 * <p>Confined to the owner's thread.
 */
final class OwnerDriver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerDriver.class);
    private static final Duration END_PATIENCE = Duration.ofSeconds(2);

    private final int partition;
    private final OrchestratorSettings settings;
    private final KafkaClients clients;
    private final SequencerMetrics metrics;
    private final ServiceLife life;
    private final Consumer<String, byte[]> input;
    private final RecordSender sender;
    private final Host host;
    private final OwnerNews news;
    private final ControlMapping controls;
    private final TopicPartition packets;
    private final TopicPartition control;
    private final Owner owner;
    private final Sink followed = new Sink();
    private @Nullable SessionLogReader follower;
    private @Nullable ClaimWatcher watcher;

    /** The adapter event that is taken in; null while something else is. */
    private kontor.packets.v1.@Nullable AdapterEvent current;

    /** The id of the last sign of life. */
    private String lastSign = "";

    private boolean begun;
    private boolean stopping;
    private boolean over;

    /** How it ended. */
    enum Outcome {
        /** By itself: it was told to stop, or handed over. */
        FINISHED,
        /** By another's claim: what is on its way counts no longer. */
        DISPLACED
    }

    /** Who runs the driver. */
    interface Host extends OwnerNews.Board {

        /** Whether something may be said and written. */
        boolean mayBegin();

        boolean isStopping();

        /** How a wait of the driver is ended from now on; for any thread. */
        void wakeBy(Runnable how);

        /** How many adapter events were not taken in when that was last known. */
        void lag(long events);
    }

    /**
     * @param input stays the caller's
     * @param sender stays the caller's
     */
    OwnerDriver(
            int partition,
            OrchestratorSettings settings,
            KafkaClients clients,
            SequencerMetrics metrics,
            ServiceLife life,
            Tenure tenure,
            Consumer<String, byte[]> input,
            RecordSender sender,
            Host host) {
        this.partition = partition;
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
        this.life = life;
        this.input = input;
        this.sender = sender;
        this.host = host;
        this.news = new OwnerNews(partition, metrics, host);
        this.controls = new ControlMapping(life.service());
        this.packets = new TopicPartition(Topics.PACKETS, partition);
        this.control = new TopicPartition(Topics.CONTROL, partition);
        this.owner = new Owner(rules(), tenure, System.nanoTime());
    }

    private OwnerRules rules() {
        return new OwnerRules(
                life.processId().toString(),
                life.service(),
                settings.sessionIdle(),
                settings.reissueEvents(),
                settings.signInterval(),
                settings.pollTimeout(),
                settings.checkpointEvents(),
                settings.checkpointInterval(),
                settings.reload().limits());
    }

    /**
     * Blocks until the owner is over.
     *
     * @throws HaltException at a record that cannot be read; all before it is relayed
     * @throws RecordSender.SendFailedException if a record could not be sent
     */
    Outcome run() throws InterruptedException {
        @Nullable OwnerInput answer = perform(owner.start());
        while (!over) {
            if (!begun && host.mayBegin()) {
                begun = true;
                perform(on(new OwnerInput.Begin()));
            }
            if (!stopping && host.isStopping()) {
                stopping = true;
                perform(on(new OwnerInput.StopWanted()));
            }
            LogRecord.@Nullable Claim higher = watcher == null ? null : watcher.seen();
            if (higher != null) {
                perform(on(new OwnerInput.Displaced()));
                if (over) {
                    LOG.warn(
                            "Partition {} is no longer owned here: owner {} has claimed epoch {}",
                            partition,
                            higher.ownerId(),
                            higher.epoch());
                    return Outcome.DISPLACED;
                }
            }
            answer = perform(on(requireNonNull(answer)));
        }
        return Outcome.FINISHED;
    }

    private List<OwnerEffect> on(OwnerInput happened) {
        return owner.on(happened, new Moment(System.nanoTime(), WallClock.nowMicros()));
    }

    /**
     * Performs effects in their order.
     *
     * @return the answer to that which asks for one; null: none does
     */
    private @Nullable OwnerInput perform(List<OwnerEffect> effects) throws InterruptedException {
        // All records are made before the first is sent, so that the client takes them into one
        // request.
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (OwnerEffect effect : effects) {
            if (effect instanceof OwnerEffect.Send(Message message)) {
                records.add(record(message));
            }
        }
        Iterator<ProducerRecord<String, byte[]>> next = records.iterator();
        @Nullable OwnerInput answer = null;
        for (OwnerEffect effect : effects) {
            switch (effect) {
                case OwnerEffect.Send(Message message) -> {
                    sender.send(next.next());
                    if (message instanceof Message.Phase phase) {
                        news.phase(phase.write());
                    }
                }
                case OwnerEffect.Publish publish -> news.on(publish.news());
                case OwnerEffect.Watch(ClaimWatch watch, long from) -> watch(watch, from);
                case OwnerEffect.SeekInput(Map<String, Long> offsets) -> seek(offsets);
                case OwnerEffect.End _ -> over = true;
                case OwnerEffect.ReadCheckpoint _ -> answer = readCheckpoint();
                case OwnerEffect.ReadLogAt(long offset) ->
                        answer =
                                new OwnerInput.LogReadAt(
                                        SessionLogReader.at(recallConsumer(), partition, offset));
                case OwnerEffect.Follow(long offset) -> answer = follow(offset);
                case OwnerEffect.PollLog(Duration patience) -> answer = pollLog(patience);
                case OwnerEffect.Append(LogRecord record) -> answer = append(record);
                case OwnerEffect.AwaitAcknowledgements _ -> {
                    sender.awaitAll();
                    answer = new OwnerInput.Acknowledged();
                }
                case OwnerEffect.PollInput(Duration patience) -> answer = pollInput(patience);
                case OwnerEffect.AskInputEnd _ -> answer = new OwnerInput.InputEndKnown(allRead());
            }
        }
        return answer;
    }

    // The log.

    private @Nullable Consumer<String, byte[]> recall;

    private Consumer<String, byte[]> recallConsumer() {
        Consumer<String, byte[]> consumer = recall;
        if (consumer == null) {
            consumer = clients.recallConsumer("kontor-session-log-" + partition);
            recall = consumer;
        }
        return consumer;
    }

    private OwnerInput readCheckpoint() throws InterruptedException {
        Consumer<String, byte[]> consumer = recallConsumer();
        long beginning = SessionLogReader.beginning(consumer, partition);
        return new OwnerInput.CheckpointRead(
                CheckpointReader.newest(consumer, partition).orElse(null), beginning);
    }

    private OwnerInput follow(long offset) {
        SessionLogReader reader = SessionLogReader.withControl(recallConsumer(), partition, offset);
        recall = null;
        follower = reader;
        host.wakeBy(reader::wakeUp);
        return new OwnerInput.LogEndKnown(reader.end());
    }

    private OwnerInput pollLog(Duration patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("while following the session log");
        }
        sender.requireNoFailure();
        SessionLogReader reader = requireNonNull(follower);
        try {
            reader.poll(patience, followed);
        } catch (WakeupException e) {
            LOG.debug("woken", e);
        }
        return new OwnerInput.LogPolled(reader.position());
    }

    /** Passes on what is followed. Nothing that is sent or awaited follows from it. */
    private final class Sink implements SessionLogReader.Sink {

        @Override
        public void log(LogRecord record, long offset) {
            publish(on(new OwnerInput.LogRead(record)));
        }

        @Override
        public void control(ConsumerRecord<String, byte[]> record) {
            @Nullable Control heard;
            try {
                heard = read(record);
            } catch (UndecodableRecordException | IllegalArgumentException e) {
                // The owner counts it and says so.
                LOG.debug("not understood", e);
                return;
            }
            if (heard != null) {
                publish(on(new OwnerInput.ControlHeard(heard)));
            }
        }

        private void publish(List<OwnerEffect> effects) {
            for (OwnerEffect effect : effects) {
                if (effect instanceof OwnerEffect.Publish told) {
                    news.on(told.news());
                } else {
                    throw new IllegalStateException("unexpected: " + effect);
                }
            }
        }
    }

    private @Nullable Control read(ConsumerRecord<String, byte[]> record) {
        ControlEvent event = Records.controlEvent(record);
        return controls.read(event, position(record), event.getControlId().equals(lastSign));
    }

    private OwnerInput append(LogRecord record) throws InterruptedException {
        kontor.sessions.v1.SessionEvent written =
                switch (record) {
                    case LogRecord.Claim claim ->
                            SessionEventMapping.write(claim, life.softwareVersion());
                    case LogRecord.Release release ->
                            SessionEventMapping.write(release, WallClock.nowMicros());
                    case LogRecord.Entry _ -> throw new IllegalArgumentException("unexpected");
                };
        return new OwnerInput.Appended(sender.sendAndWait(Records.of(written, partition)));
    }

    private void watch(ClaimWatch watch, long from) {
        host.wakeBy(input::wakeup);
        requireNonNull(follower).close();
        follower = null;
        ClaimWatcher watching =
                new ClaimWatcher(
                        () ->
                                SessionLogReader.from(
                                        clients.logConsumer("kontor-session-log-" + partition),
                                        partition,
                                        from),
                        partition,
                        watch,
                        sender::isAcknowledged,
                        input::wakeup,
                        new CheckpointWriter(
                                partition,
                                () -> clients.producer("kontor-checkpoints-" + partition),
                                metrics));
        watcher = watching;
        watching.start();
    }

    // Input.

    private void seek(Map<String, Long> nextOffsets) {
        List<TopicPartition> inputs = List.of(packets, control);
        input.assign(inputs);
        Map<TopicPartition, Long> beginnings = input.beginningOffsets(inputs);
        for (TopicPartition topic : inputs) {
            long next = nextOffsets.getOrDefault(topic.topic(), 0L);
            long first = beginnings.getOrDefault(topic, 0L);
            if (next < first && next > 0) {
                LOG.error(
                        "{} was to be read from {} on, but begins at {}: what lay between was"
                                + " deleted before it was read",
                        topic,
                        next,
                        first);
            }
            input.seek(topic, Math.max(next, first));
        }
        seekToReloads();
    }

    /** Reloads are folded anew: from before any that may still run. */
    private void seekToReloads() {
        long since = WallClock.nowMicros() / 1_000 - settings.reload().memory().toMillis();
        @Nullable OffsetAndTimestamp first =
                input.offsetsForTimes(Map.of(control, since)).get(control);
        if (first != null && first.offset() < input.position(control)) {
            input.seek(control, first.offset());
        }
    }

    private OwnerInput pollInput(Duration patience) throws InterruptedException {
        sender.requireNoFailure();
        input.currentLag(packets).ifPresent(host::lag);
        ConsumerRecords<String, byte[]> records;
        try {
            records = input.poll(patience);
        } catch (WakeupException e) {
            LOG.debug("woken", e);
            records = ConsumerRecords.empty();
        }
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().equals(Topics.PACKETS)) {
                packet(record);
            } else {
                control(record);
            }
        }
        return new OwnerInput.InputPolled(records.isEmpty());
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
        current = written;
        perform(on(new OwnerInput.Captured(event, position(record), ReloadMapping.read(written))));
        current = null;
    }

    private void control(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        @Nullable Control read;
        try {
            read = read(record);
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
        if (read != null) {
            perform(on(new OwnerInput.ControlRead(read)));
        }
    }

    private boolean allRead() {
        try {
            Map<TopicPartition, Long> ends = input.endOffsets(List.of(packets), END_PATIENCE);
            return ends.getOrDefault(packets, Long.MAX_VALUE) <= input.position(packets);
        } catch (TimeoutException e) {
            LOG.debug("the broker does not answer", e);
            return false;
        }
    }

    private static InputPosition position(ConsumerRecord<?, ?> record) {
        return new InputPosition(record.topic(), record.partition(), record.offset());
    }

    // What is sent.

    private ProducerRecord<String, byte[]> record(Message message) {
        return switch (message) {
            case Message.Entry entry ->
                    Records.of(SessionEventMapping.write(entry.event(), current), partition);
            case Message.Order order ->
                    Records.of(
                            CommandMapping.write(
                                    order.command(), order.epoch(), order.sequencedAtMicros()));
            case Message.Sign(ProcessState state, long ownerEpoch) -> {
                ControlEvent sign = life.says(asSaid(state), ownerEpoch);
                lastSign = sign.getControlId();
                yield Records.of(sign, partition);
            }
            case Message.Phase phase ->
                    Records.of(ReloadMapping.write(phase.write(), life.service()));
            case Message.Freeze freeze ->
                    Records.of(ReloadMapping.write(freeze.freeze(), freeze.epoch()));
            case Message.Thaw thaw -> Records.of(ReloadMapping.write(thaw.thaw(), thaw.epoch()));
        };
    }

    private static ServiceState asSaid(ProcessState state) {
        return switch (state) {
            case READY -> ServiceState.SERVICE_STATE_READY;
            case STANDBY -> ServiceState.SERVICE_STATE_STANDBY;
            case STOPPING -> ServiceState.SERVICE_STATE_STOPPING;
        };
    }

    /** Ends what this driver has begun; the input and the sender stay open. */
    @Override
    public void close() {
        // An interrupt that is still pending would make closing fail.
        boolean interrupted = Thread.interrupted();
        if (watcher != null) {
            watcher.close();
        }
        if (follower != null) {
            follower.close();
        }
        if (recall != null) {
            recall.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
