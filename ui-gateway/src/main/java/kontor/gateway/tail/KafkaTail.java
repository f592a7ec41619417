package kontor.gateway.tail;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kontor.analysis.v1.AnalysisResult;
import kontor.control.v1.ControlEvent;
import kontor.gateway.analyzers.AnalyzerNotice;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.reloads.Following;
import kontor.gateway.reloads.ReloadBoard;
import kontor.gateway.reloads.ServiceBoard;
import kontor.gateway.rules.HeldBoard;
import kontor.gateway.rules.RuleBoard;
import kontor.gateway.runs.RunNotice;
import kontor.gateway.settings.GatewaySettings;
import kontor.gateway.snapshots.SnapshotBoard;
import kontor.log.OwnerFence;
import kontor.sessions.v1.SessionEvent;
import kontor.topics.Followers;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Follows session events, analysis results and control events from a bounded distance before their
 * ends, with one thread, and keeps what it hears in {@link LiveSessions} and the boards.
 *
 * <p>Policy QUARANTINE: a record that cannot be read is logged with its place, counted and left
 * out; a reader that comes to the hole asks the database. Kafka being away, or its topics not being
 * there yet, is waited for; after an error of its own it says so, and reads again. It never blocks
 * on a reader of what it keeps.
 */
public final class KafkaTail implements SmartLifecycle, Following {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTail.class);
    private static final List<String> TOPICS =
            List.of(Topics.SESSION_EVENTS, Topics.ANALYSIS, Topics.CONTROL);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConsumerFactory<String, byte[]> consumers;
    private final GatewaySettings settings;
    private final LiveSessions sessions;
    private final InstanceBoard board;
    private final ReloadBoard reloads;
    private final ServiceBoard services;
    private final java.util.function.Consumer<AnalyzerNotice> analyzers;
    private final java.util.function.Consumer<RunNotice> runs;
    private final RuleTail rules;
    private final SnapshotTail snapshots;
    private final TailMeters meters;
    private final Followers.Follower follower;
    private final Map<Integer, OwnerFence> fences = new HashMap<>();
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    private volatile Connection connection = Connection.WAITING;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile boolean running;
    private boolean waitingIsKnown;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** How it stands with Kafka. */
    public enum Connection {
        /** Not reached, or its topics are not there. */
        WAITING,
        /** Reading what was there at the start. */
        CATCHING_UP,
        /** At the end of the logs. */
        FOLLOWING
    }

    public KafkaTail(
            ConsumerFactory<String, byte[]> consumers,
            GatewaySettings settings,
            LiveSessions sessions,
            InstanceBoard board,
            ReloadBoard reloads,
            ServiceBoard services,
            java.util.function.Consumer<AnalyzerNotice> analyzers,
            java.util.function.Consumer<RunNotice> runs,
            RuleBoard rules,
            HeldBoard held,
            SnapshotBoard snapshots,
            MeterRegistry meters,
            Followers followers) {
        this.consumers = consumers;
        this.settings = settings;
        this.sessions = sessions;
        this.board = board;
        this.reloads = reloads;
        this.services = services;
        this.analyzers = analyzers;
        this.runs = runs;
        this.rules = new RuleTail(rules, held);
        this.snapshots = new SnapshotTail(snapshots);
        this.meters = new TailMeters(meters);
        this.follower = followers.add("tail");
        this.meters.show(follower);
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public boolean isFollowing() {
        return connection == Connection.FOLLOWING;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("kontor-tail-1").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        var current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            if (!stopped.await(2, TimeUnit.SECONDS)) {
                LOG.warn("Log reader did not stop in time; stopping without it, nothing is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (Consumer<String, byte[]> fresh =
                    consumers.createConsumer(null, "kontor-ui-gateway-tail", null, properties())) {
                consumer = fresh;
                follow(fresh);
            } catch (WakeupException e) {
                LOG.debug("Woken to stop");
            } catch (KafkaException | NotThereYet e) {
                if (connection != Connection.WAITING || !waitingIsKnown) {
                    LOG.info(
                            "Kafka at {} is unreachable; live streams pause, retrying: {}",
                            settings.kafkaServers(),
                            e.getMessage());
                    waitingIsKnown = true;
                }
                connection = Connection.WAITING;
                boolean _ =
                        follower.is(
                                Followers.State.WAITING,
                                "for Kafka at %s: %s"
                                        .formatted(settings.kafkaServers(), e.getMessage()));
                pause();
            } catch (RuntimeException e) {
                LOG.error("Unexpected error in the log reader (bug); retrying", e);
                connection = Connection.WAITING;
                boolean _ = follower.is(Followers.State.HALTED, "unexpected error (bug): " + e);
                pause();
            } finally {
                consumer = null;
            }
        }
        stopped.countDown();
    }

    private void pause() {
        try {
            Thread.sleep(settings.tail().retry());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
        forgetIfLogWasCut(partitions, begins, ends);
        if (nextOffsets.isEmpty()) {
            rules.beginWith(Checkpoints.read(consumer, PATIENCE));
            consumer.assign(partitions);
        }
        boolean whole = true;
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            long newest = Math.max(begin, end - settings.tail().records());
            long from = rules.checkpoints().from(partition, begin, end, newest);
            consumer.seek(partition, nextOffsets.getOrDefault(partition, from));
            whole &= from == 0;
        }
        connection = Connection.CATCHING_UP;
        boolean _ = follower.is(Followers.State.RUNNING, "");
        LOG.info("Following {} partitions of {}", partitions.size(), TOPICS);
        while (running) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<String, byte[]> record : records) {
                take(record, whole || connection == Connection.FOLLOWING);
                nextOffsets.put(
                        new TopicPartition(record.topic(), record.partition()),
                        record.offset() + 1);
            }
            meters.read(records.count());
            meters.lag(behind(consumer, partitions));
            if (connection != Connection.FOLLOWING && reached(consumer, ends)) {
                connection = Connection.FOLLOWING;
                waitingIsKnown = false;
                LOG.info("Caught up with the logs");
            }
            if (connection == Connection.FOLLOWING && !connected(consumer)) {
                throw new NotThereYet("no broker is connected");
            }
        }
    }

    /** Where we cannot go on where we were, all that was kept is in doubt. */
    private void forgetIfLogWasCut(
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends) {
        for (TopicPartition partition : partitions) {
            Long next = nextOffsets.get(partition);
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            if (next != null && (next < begin || next > end)) {
                LOG.warn(
                        "{}: position {} is outside of [{}, {}], the log was replaced or truncated;"
                                + " reading it from its beginning",
                        partition,
                        next,
                        begin,
                        end);
                nextOffsets.clear();
                fences.clear();
                sessions.forgetAll();
                rules.forgetAll();
            }
        }
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : TOPICS) {
            List<PartitionInfo> infos = consumer.partitionsFor(topic, PATIENCE);
            if (infos == null || infos.isEmpty()) {
                throw new NotThereYet("topic " + topic + " is not there yet");
            }
            infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    private static boolean reached(
            Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** As of the last fetch. */
    private static long behind(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        return partitions.stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** The consumer itself never says that its broker is gone. */
    private static boolean connected(Consumer<String, byte[]> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .map(metric -> metric.metricValue())
                .allMatch(value -> !(value instanceof Double count) || count > 0);
    }

    private void take(ConsumerRecord<String, byte[]> record, boolean listening) {
        try {
            switch (record.topic()) {
                case Topics.SESSION_EVENTS -> {
                    SessionEvent event = Records.sessionEvent(record);
                    onSessionEvent(record.partition(), event, listening);
                    rules.passed(record.partition(), record.offset(), event);
                }
                case Topics.ANALYSIS -> onResult(Records.analysisResult(record));
                case Topics.CONTROL -> onControl(record.partition(), Records.controlEvent(record));
                default -> throw new IllegalStateException(record.topic() + " was not asked for");
            }
        } catch (RuntimeException e) {
            // Whatever is wrong with it, or with us: it would be so again.
            meters.quarantined();
            LOG.warn(
                    "Record {}-{}@{} cannot be decoded; left out and counted: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void onSessionEvent(int partition, SessionEvent event, boolean listening) {
        OwnerFence fence = fences.computeIfAbsent(partition, _ -> new OwnerFence());
        switch (fence.on(event.getOwnerEpoch(), event.hasOwnerClaim())) {
            case VOID -> {
                meters.voided();
                return;
            }
            case UNCLAIMED -> {
                LOG.warn(
                        "Partition {} of the session log has epoch {}, but no claim of it was read:"
                                + " what was heard of its sessions is dropped and comes from the"
                                + " database",
                        partition,
                        event.getOwnerEpoch());
                sessions.forget(partition);
            }
            case CURRENT -> {}
        }
        rules.heard(event);
        if (event.getNobodysAddressesCount() > 0) {
            board.onNobodysAddresses(LogReader.nobodys(event));
        }
        if (!event.getSessionId().isEmpty()) {
            sessions.onEvent(
                    UUID.fromString(event.getSessionId()),
                    event.getLab(),
                    partition,
                    listening,
                    FactReader.event(event));
        }
    }

    private void onResult(AnalysisResult result) {
        sessions.onResult(
                UUID.fromString(result.getSessionId()), result.getLab(), FactReader.result(result));
    }

    private void onControl(int partition, ControlEvent event) {
        switch (event.getWhatCase()) {
            case ADAPTER_STATUS -> board.onStatus(LogReader.status(event));
            case REQUEST_RELOAD -> reloads.onWord(LogReader.request(event, partition));
            case RELOAD_STATUS -> reloads.onWord(LogReader.reload(event, partition));
            case SERVICE_STATUS -> {
                reloads.onEpoch(partition, event.getServiceStatus().getOwnerEpoch());
                services.onWord(LogReader.service(event));
            }
            case ANALYZER_STATUS -> analyzers.accept(LogReader.analyzer(event.getAnalyzerStatus()));
            case REQUEST_SNAPSHOT -> snapshots.onRequest(event);
            case SNAPSHOT_REPORT -> snapshots.onReport(event);
            case RUN_STATUS -> runs.accept(LogReader.run(event.getRunStatus()));
            case START_SESSION,
                    END_SESSION,
                    REQUEST_FREEZE,
                    REQUEST_THAW,
                    CONTINUITY_REPORT,
                    PROCESS_ENDED,
                    SET_RULES,
                    DECIDE_HELD,
                    START_RUN,
                    CANCEL_RUN,
                    PROMOTE_ANALYZER,
                    WHAT_NOT_SET -> {}
        }
    }

    /** Ten updates a second look live; a fetch per record would take time from the relay. */
    private static Properties properties() {
        Properties own = new Properties();
        own.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
        own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        own.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        return own;
    }

    /** Something that has to be waited for. */
    private static final class NotThereYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotThereYet(String message) {
            super(message);
        }
    }
}
