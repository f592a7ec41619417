package kontor.orchestrator.driving;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import kontor.control.v1.ControlEvent;
import kontor.orchestrator.code.CodeMailbox;
import kontor.orchestrator.code.CodeThread;
import kontor.orchestrator.kafka.CheckpointWriter;
import kontor.orchestrator.kafka.HaltException;
import kontor.orchestrator.kafka.InputReader;
import kontor.orchestrator.kafka.KafkaClients;
import kontor.orchestrator.kafka.RecordSender;
import kontor.orchestrator.kafka.SessionLogReader;
import kontor.orchestrator.kafka.WallClock;
import kontor.orchestrator.mapping.ControlMapping;
import kontor.orchestrator.mapping.PacketMapping;
import kontor.orchestrator.metrics.SequencerMetric;
import kontor.orchestrator.metrics.SequencerMetrics;
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
import kontor.orchestrator.sequencer.CodeQuestion;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.settings.OrchestratorSettings;
import kontor.rules.RuleFile;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs the effects of the {@link Owner} of one partition with one set of clients, and passes
 * the answers in. Decides nothing but how records are read: packets are HALT, control requests that
 * cannot be read are skipped with a warning.
 *
 * <p>Confined to the owner's thread.
 */
public final class OwnerDriver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerDriver.class);

    private final int partition;
    private final KafkaClients clients;
    private final SequencerMetrics metrics;
    private final CodeThread code;
    private final CodeMailbox answers = new CodeMailbox();
    private final InputReader input;
    private final MessageWriter writer;
    private final RecordSender sender;
    private final Host host;
    private final OwnerNews news;
    private final ControlMapping controls;
    private final Owner owner;
    private final Recall recall;
    private final Sink followed = new Sink();
    private @Nullable SessionLogReader follower;
    private @Nullable ClaimWatcher watcher;

    private boolean begun;
    private boolean stopping;
    private boolean over;

    /** How it ended. */
    public enum Outcome {
        /** By itself: it was stopped, or handed over. */
        FINISHED,
        /** By another's claim: what is in flight no longer counts. */
        DISPLACED
    }

    /** Who runs the driver. */
    public interface Host extends OwnerNews.Board {

        /** Whether records may be sent. */
        boolean mayBegin();

        boolean isStopping();

        /**
         * Sets how a wait of the driver is ended from now on; {@code how} may be run by any thread.
         */
        void wakeBy(Runnable how);

        /** Reports how many adapter events were waiting at the last poll. */
        void lag(long events);
    }

    /**
     * @param consumer for the input; stays the caller's
     * @param sender stays the caller's
     */
    public OwnerDriver(
            int partition,
            OrchestratorSettings settings,
            KafkaClients clients,
            SequencerMetrics metrics,
            CodeThread code,
            ServiceLife life,
            Tenure tenure,
            Consumer<String, byte[]> consumer,
            RecordSender sender,
            Host host) {
        this.partition = partition;
        this.clients = clients;
        this.metrics = metrics;
        this.code = code;
        this.input = new InputReader(consumer, partition, settings.reload().memory());
        this.writer = new MessageWriter(partition, life);
        this.sender = sender;
        this.host = host;
        this.news = new OwnerNews(partition, metrics, host);
        this.recall = new Recall(clients, partition);
        this.controls = new ControlMapping(life.service());
        this.owner = new Owner(rules(settings, life), tenure, System.nanoTime());
    }

    static OwnerRules rules(OrchestratorSettings settings, ServiceLife life) {
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
     * Runs the owner until it is over.
     *
     * @throws HaltException at a record that cannot be read; all before it is relayed
     * @throws RecordSender.SendFailedException if a record could not be sent
     */
    public Outcome run() throws InterruptedException {
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
                            "Partition {} lost: process {} has claimed epoch {}; standing by",
                            partition,
                            higher.ownerId(),
                            higher.epoch());
                    return Outcome.DISPLACED;
                }
            }
            takeAnswers();
            answer = perform(on(requireNonNull(answer)));
        }
        return Outcome.FINISHED;
    }

    private void takeAnswers() throws InterruptedException {
        OwnerInput.CodeAnswered answered = answers.take();
        while (answered != null) {
            perform(on(answered));
            answered = answers.take();
        }
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
                records.add(writer.record(message));
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
                case OwnerEffect.SeekInput(Map<String, Long> offsets) -> input.seek(offsets);
                case OwnerEffect.End _ -> over = true;
                case OwnerEffect.ReadCheckpoint _ -> answer = recall.readCheckpoint();
                case OwnerEffect.ReadLogAt(long offset) -> answer = recall.readLogAt(offset);
                case OwnerEffect.Follow(long offset) -> answer = follow(offset);
                case OwnerEffect.PollLog(Duration patience) -> answer = pollLog(patience);
                case OwnerEffect.Append(LogRecord record) -> answer = append(record);
                case OwnerEffect.AwaitAcknowledgements _ -> {
                    sender.awaitAll();
                    answer = new OwnerInput.Acknowledged();
                }
                case OwnerEffect.AwaitClaimsRead _ -> {
                    requireNonNull(watcher).awaitRead();
                    answer = new OwnerInput.ClaimsRead();
                }
                case OwnerEffect.AskCode(CodeQuestion question) -> code.ask(question, answers);
                case OwnerEffect.PrepareCode(List<RuleFile> files) -> code.prepare(files);
                case OwnerEffect.PollInput(Duration patience) -> answer = pollInput(patience);
                case OwnerEffect.AskInputEnd _ ->
                        answer = new OwnerInput.InputEndKnown(input.end(), input.position());
            }
        }
        return answer;
    }

    // The log.

    private OwnerInput follow(long offset) {
        SessionLogReader reader = recall.follow(offset);
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
        return controls.read(event, position(record), writer.isLastSign(event));
    }

    private OwnerInput append(LogRecord record) throws InterruptedException {
        return new OwnerInput.Appended(sender.sendAndWait(writer.record(record)));
    }

    private void watch(ClaimWatch watch, long from) {
        host.wakeBy(input::wakeUp);
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
                        input::wakeUp,
                        new CheckpointWriter(
                                partition,
                                () -> clients.producer("kontor-checkpoints-" + partition),
                                metrics));
        watcher = watching;
        watching.start();
    }

    // Input.

    private OwnerInput pollInput(Duration patience) throws InterruptedException {
        sender.requireNoFailure();
        input.lag().ifPresent(host::lag);
        ConsumerRecords<String, byte[]> records = input.poll(patience);
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
        OwnerInput.Captured captured;
        try {
            written = Records.adapterEvent(record);
            captured = PacketMapping.captured(written, position(record));
        } catch (UndecodableRecordException e) {
            throw new HaltException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw HaltException.at(record, e);
        }
        writer.taking(written);
        perform(on(captured));
        writer.taking(null);
    }

    private void control(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        @Nullable Control read;
        try {
            read = read(record);
        } catch (UndecodableRecordException | IllegalArgumentException e) {
            metrics.add(SequencerMetric.CONTROL_UNREADABLE, 1);
            LOG.warn(
                    "Control record {}-{}@{} is unreadable and is skipped: {}",
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

    private static InputPosition position(ConsumerRecord<?, ?> record) {
        return new InputPosition(record.topic(), record.partition(), record.offset());
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
        recall.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
