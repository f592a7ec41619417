package kontor.adapter.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.adapter.freezer.FreezeKeeper;
import kontor.adapter.freezer.FreezeMark;
import kontor.adapter.freezer.Freezer;
import kontor.adapter.game.CommandReports;
import kontor.adapter.game.GameEdge;
import kontor.adapter.game.GameStatus;
import kontor.adapter.game.ListenException;
import kontor.adapter.kafka.CommandFeed;
import kontor.adapter.kafka.EventEncoder;
import kontor.adapter.kafka.KafkaLink;
import kontor.adapter.kafka.KafkaOutbox;
import kontor.adapter.kafka.KafkaPacketPublisher;
import kontor.adapter.kafka.RunIdentity;
import kontor.adapter.relay.Command;
import kontor.adapter.relay.CommandOutcome;
import kontor.adapter.relay.CommandReceipt;
import kontor.adapter.relay.MissCounts;
import kontor.adapter.relay.RelayStatus;
import kontor.adapter.spool.FileSpool;
import kontor.adapter.spool.SpoolException;
import kontor.adapter.spool.SpoolStatus;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.vocabulary.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the adapter: puts the parts together, starts and stops them in the right order.
 *
 * <p>Listening begins at once, so that a game may come before the broker does; what it sends waits
 * in the spool behind {@code run_started}. Publishing begins when the end of the command topic is
 * known, for whatever is commanded comes after {@code run_started} was read; what the spool still
 * holds of earlier runs is published before it. At the end {@code run_stopped} is published last. A
 * game that an earlier life left frozen is thawed before all else, and one that this life froze
 * before the run ends.
 */
final class AdapterRun {

    private static final Logger log = LoggerFactory.getLogger(AdapterRun.class);
    private static final Duration STATUS_PERIOD = Duration.ofSeconds(1);
    private static final String SENDER = "adapter-service";

    private final AdapterSettings settings;
    private final Lab lab;
    private final LabInstance instance;
    private final RunIdentity identity;
    private final FileSpool spool;
    private final GameEdge edge;
    private final FreezeKeeper freezes;
    private final KafkaOutbox outbox;
    private final KafkaPacketPublisher publisher;
    private final CommandFeed commands;
    private final ScheduledExecutorService statusTimer;

    private volatile AdapterState state;
    private volatile Consumer<Delivery> deliveries = _ -> {};
    private volatile Optional<String> haltReason = Optional.empty();
    private volatile boolean running;

    /** Only on the status timer's thread. */
    private boolean brokerAnswered;

    /**
     * @param link to be started when all runs of the process have been, and stopped when all have
     *     ended
     */
    AdapterRun(AdapterSettings settings, LabPlace place, KafkaLink link, String softwareVersion) {
        this.settings = settings;
        this.lab = place.lab();
        this.instance = place.instance();
        this.identity =
                new RunIdentity(
                        lab.name(),
                        instance.name(),
                        new RunId(UUID.randomUUID()),
                        wallClockMicros(),
                        softwareVersion);
        this.statusTimer =
                Executors.newSingleThreadScheduledExecutor(
                        task -> new Thread(task, "kontor-status-" + instance.name()));
        Bridge bridge = new Bridge();
        this.spool = openSpool(settings.spool(), identity);
        this.outbox = new KafkaOutbox(link, identity, bridge::receiptsRelieved);
        this.edge =
                new GameEdge(
                        instance.name(),
                        identity.run(),
                        place.network(),
                        settings.game().settings(),
                        settings.relayBounds(),
                        settings.pace().bounds(),
                        settings.strangers().settings(),
                        spool,
                        bridge);
        this.freezes =
                new FreezeKeeper(
                        instance.name(),
                        Freezer.of(instance, settings.freeze().patience()),
                        new FreezeMark(Path.of(settings.dataDirectory(), "game.frozen")),
                        settings.freeze().longest(),
                        edge::observed);
        this.publisher = new KafkaPacketPublisher(link, identity, spool);
        this.commands = link.commandsFor(identity, bridge);
        this.state =
                state(
                        new GameStatus(
                                0,
                                0,
                                new RelayStatus(0, 0, 0, 0, 0, 0, 0, MissCounts.NONE, 0, 0, false)),
                        SpoolStatus.NEW);
    }

    private static FileSpool openSpool(AdapterSettings.Spool settings, RunIdentity identity) {
        try {
            return FileSpool.open(settings.settings(), identity.run(), new EventEncoder(identity));
        } catch (SpoolException e) {
            throw new AdapterStartException(e.getMessage() + " (" + identity.instance() + ")", e);
        }
    }

    /** Registers a listener for deliveries, called on the thread that made the delivery. */
    void onDelivery(Consumer<Delivery> listener) {
        deliveries = listener;
    }

    AdapterState state() {
        return state;
    }

    RunIdentity identity() {
        return identity;
    }

    /** All listeners are bound, and the run has not ended. */
    boolean listening() {
        return running;
    }

    /** The broker knows of this run, and has answered lately. */
    boolean brokerAnswers() {
        return commands.positioned().isDone() && outbox.brokerAnswers();
    }

    /** The disk takes what is captured. */
    boolean spoolWritable() {
        return spool.status().writable();
    }

    /** Why no command is carried out any more. */
    Optional<String> haltReason() {
        return haltReason;
    }

    /**
     * Begins the run.
     *
     * @throws AdapterStartException if a port cannot be had
     */
    // Neither future has anything to say: one runs on, the other is asked where it matters.
    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        freezes.recover();
        try {
            edge.open(lab.tcpPorts(), lab.udpPorts());
        } catch (ListenException e) {
            edge.close();
            spool.close();
            throw new AdapterStartException(e.getMessage() + " (" + instance.name() + ")", e);
        }
        running = true;
        log.info(
                "Adapter of {} in lab {}, run {}: listening for {} on TCP {} and UDP {}",
                instance.name(),
                lab.name(),
                identity.run(),
                instance.peers(),
                lab.tcpPorts(),
                lab.udpPorts());
        if (instance.broadcastOrNull() == null) {
            log.info(
                    "Lab file has no broadcast address for {}; its broadcasts are not relayed, join"
                            + " by address: {}",
                    instance.name(),
                    instance.peers());
        }
        spool.start();
        freezes.start();
        outbox.start();
        commands.positioned().thenRun(publisher::start);
        statusTimer.scheduleAtFixedRate(
                this::reportStatus, 0, STATUS_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the run, if it has begun. Blocks for as long as the settings' patience allows. */
    void stop() {
        if (!running) {
            return;
        }
        running = false;
        try {
            freezes.stop(settings.stopPatience());
            statusTimer.shutdown();
            edge.stop();
            commands.stop();
            spool.end();
            publisher.finish(settings.stopPatience());
            outbox.status(status(true));
            outbox.finish(settings.stopPatience());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("Interrupted while stopping; what is not acknowledged stays in the spool");
        }
        edge.close();
        spool.close();
        SpoolStatus left = spool.status();
        if (left.bytes() > 0) {
            log.warn(
                    "{} bytes not acknowledged by the broker stay in the spool for the next run, {}"
                            + " events of them of this run",
                    left.bytes(),
                    left.events());
        }
        log.info(
                "Run {} stopped; last published event {}",
                identity.run(),
                left.publishedSequence());
    }

    private void reportStatus() {
        boolean answers = brokerAnswers();
        if (answers != brokerAnswered) {
            brokerAnswered = answers;
            log.info(
                    answers
                            ? "Broker is reachable; publishing"
                            : "Broker is unreachable; events wait in the spool");
        }
        outbox.status(status(false));
    }

    private ControlEvent status(boolean stopped) {
        // The spool first: what is captured in between must not look published.
        SpoolStatus spoolStatus = spool.status();
        GameStatus game = edge.status().join();
        AdapterState now = state(game, spoolStatus);
        state = now;
        return ControlEvent.newBuilder()
                .setLab(identity.lab().value())
                .setControlId(UUID.randomUUID().toString())
                .setSentAtMicros(wallClockMicros())
                .setSender(SENDER)
                .setAdapterStatus(adapterStatus(now, stopped))
                .build();
    }

    private AdapterStatus adapterStatus(AdapterState now, boolean stopped) {
        GameStatus game = now.game();
        RelayStatus relay = game.relay();
        AdapterStatus.Builder status =
                AdapterStatus.newBuilder()
                        .setInstance(identity.instance().value())
                        .setRunId(identity.run().toString())
                        .setRunStartedAtMicros(identity.startedAtMicros())
                        .setCapturedEvents(game.capturedEvents())
                        .setPublishedEvents(now.spool().publishedSequence())
                        .setCapturedPayloadBytes(game.capturedPayloadBytes())
                        .setSpoolBytes(now.spool().bytes())
                        .setSpoolLimitBytes(now.spoolLimitBytes())
                        .setOpenFlows(relay.openFlows())
                        .setLastCommandSequence(relay.lastCommandSequence())
                        .setDeliveredPayloadBytes(relay.deliveredPayloadBytes())
                        .setMissedDatagrams(relay.missed().total())
                        .setMissedInSockets(relay.missed().sockets())
                        .setMissedAtGame(relay.missed().game())
                        .setSpoolRefused(!now.spool().writable())
                        .setStopped(stopped)
                        .setFreezeId(now.freeze().holder());
        outbox.clockOffset()
                .ifPresent(clock ->
                        status.setBrokerClockAheadMicros(clock.aheadMicros())
                                .setBrokerClockUncertaintyMicros(clock.uncertaintyMicros()));
        NetworkStatus.put(status, lab, instance, game);
        return status.build();
    }

    private AdapterState state(GameStatus game, SpoolStatus spoolStatus) {
        return new AdapterState(
                game,
                spoolStatus,
                settings.spool().limit().toBytes(),
                freezes.status(),
                haltReason.isPresent(),
                brokerAnswers());
    }

    private static long wallClockMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** Between the edge towards the game and the edge towards the broker. */
    private final class Bridge implements CommandReports, CommandFeed.Sink {

        @Override
        public void fenced(long epoch) {
            edge.fence(epoch);
        }

        @Override
        public void submit(List<Command> received, Runnable taken) {
            edge.submit(received, taken);
        }

        @Override
        public void answered(CommandReceipt receipt, long atMicros) {
            outbox.receipt(receipt, atMicros);
            if (receipt.outcome() == CommandOutcome.DONE) {
                deliveries.accept(
                        new Delivery(
                                receipt.command().capturedAtMicros(),
                                receipt.command().sequencedAtMicros(),
                                atMicros));
            }
        }

        @Override
        public void freezeWanted(String freezeId, long atMostMillis) {
            freezes.freeze(freezeId, atMostMillis);
        }

        @Override
        public void thawWanted(String freezeId) {
            freezes.thaw(freezeId);
        }

        @Override
        public boolean takesReceipts() {
            return outbox.takesReceipts();
        }

        void receiptsRelieved() {
            edge.reportsRelieved();
        }

        @Override
        public void halted(String reason) {
            log.error(
                    "HALT: no further command is carried out until the adapter restarts: {}",
                    reason);
            haltReason = Optional.of(reason);
        }
    }
}
