package kontor.adapter.game;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.EventStamp;
import kontor.adapter.capture.Observation;
import kontor.adapter.pace.PaceBounds;
import kontor.adapter.relay.Command;
import kontor.adapter.relay.Effect;
import kontor.adapter.relay.GameNetwork;
import kontor.adapter.relay.Input;
import kontor.adapter.relay.Relay;
import kontor.adapter.relay.RelayBounds;
import kontor.adapter.relay.SpoolLevel;
import kontor.adapter.spool.Spool;
import kontor.lab.PortSet;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sockets towards one game, and the one thread on which everything between them and the relay
 * happens: what is captured has the order in which it was read.
 *
 * <p>The public methods are for any thread.
 */
public final class GameEdge {

    private static final Logger log = LoggerFactory.getLogger(GameEdge.class);

    private final GameNetwork network;
    private final Spool spool;
    private final CommandReports reports;
    private final Duration strangerInterval;
    private final EventLoopGroup loop;
    private final Connections connections;
    private final Datagrams datagrams;
    private final LossWatch losses;
    private final PacedDatagrams paced;

    // Only on the event loop:
    private final Relay relay;
    private final EventStamp stamp = new EventStamp();
    private final Queue<Input> inputs = new ArrayDeque<>();
    private final Queue<Batch> batches = new ArrayDeque<>();
    private SpoolLevel spoolLevel = SpoolLevel.FREE;
    private boolean driving;
    private boolean commandsWait;
    private boolean ending;

    public GameEdge(
            InstanceName instance,
            RunId run,
            GameNetwork network,
            GameSettings settings,
            RelayBounds bounds,
            PaceBounds pace,
            StrangerSettings strangers,
            Spool spool,
            CommandReports reports) {
        this.network = network;
        this.spool = spool;
        this.reports = reports;
        this.relay = new Relay(run, network, bounds, strangers.sources());
        this.strangerInterval = strangers.interval();
        Transport transport = Transport.best(settings.nativeTransport());
        this.loop = transport.newEventLoop(instance);
        this.connections = new Connections(loop, transport, settings, run, this::feed);
        this.datagrams = new Datagrams(loop, transport, settings, this::feed);
        this.losses = new LossWatch(loop, datagrams, this::feed, this::undisturbed);
        this.paced = new PacedDatagrams(loop, pace, this::give, this::undisturbed);
        spool.onRelief(() -> loop.execute(this::drive));
    }

    /**
     * Captures the start of the run, then listens: TCP and UDP on each peer address; if there is a
     * broadcast address, UDP on that and on 255.255.255.255.
     *
     * @throws ListenException at the first port that cannot be had; the edge is of no use then
     */
    // The schedule ends with the loop.
    @SuppressWarnings("FutureReturnValueIgnored")
    public void open(PortSet tcpPorts, PortSet udpPorts) throws ListenException {
        loop.submit(() -> feed(new Input.Start())).awaitUninterruptibly();
        for (var address : network.peers().values()) {
            for (int port : tcpPorts.stream().toArray()) {
                connections.listen(new Endpoint(address, port));
            }
            for (int port : udpPorts.stream().toArray()) {
                datagrams.listen(new Endpoint(address, port));
            }
        }
        if (network.broadcastOrNull() != null) {
            for (int port : udpPorts.stream().toArray()) {
                datagrams.listenForEverybody(port);
                if (!network.broadcastOrNull().equals(GameNetwork.LIMITED_BROADCAST)) {
                    datagrams.listen(new Endpoint(network.broadcastOrNull(), port));
                }
            }
        }
        losses.start();
        long interval = strangerInterval.toMillis();
        loop.scheduleAtFixedRate(
                () -> feed(new Input.StrangersDue()), interval, interval, MILLISECONDS);
    }

    /** Owners with lower epochs were displaced before this run began; before any command. */
    public void fence(long epoch) {
        loop.execute(() -> feed(new Input.Fenced(epoch)));
    }

    /**
     * Hands commands over. They may have to wait for a slow game.
     *
     * @param taken called on the event loop when the last of them has been taken
     */
    public void submit(List<Command> commands, Runnable taken) {
        loop.execute(() -> {
            batches.add(new Batch(new ArrayDeque<>(commands), taken));
            drive();
        });
    }

    /** The reports take receipts again. */
    public void reportsRelieved() {
        loop.execute(this::drive);
    }

    /** Captures something about the game that was not seen at a socket. */
    public void observed(Observation what) {
        loop.execute(() -> feed(new Input.Observed(what)));
    }

    /** The counters, as soon as the event loop comes to it. */
    public CompletableFuture<GameStatus> status() {
        CompletableFuture<GameStatus> status = new CompletableFuture<>();
        loop.execute(() ->
                status.complete(
                        new GameStatus(
                                stamp.highestSequence(),
                                stamp.payloadBytes(),
                                relay.status(),
                                relay.strangers(),
                                relay.gameAddress())));
        return status;
    }

    /**
     * Stops listening and captures the end of the run, after all that was read. A command that has
     * not been taken by then is neither carried out nor answered, as if the run had ended before.
     * Blocks briefly.
     */
    public void stop() {
        loop.submit(() -> ending = true).awaitUninterruptibly();
        connections.closeListeners();
        paced.finish();
        losses.finish();
        datagrams.close();
        loop.submit(() -> feed(new Input.Stop())).awaitUninterruptibly();
    }

    /** Closes what is still open and ends the thread. Blocks for at most some seconds. */
    public void close() {
        loop.shutdownGracefully(0, 2, SECONDS).awaitUninterruptibly();
    }

    /** Event loop only. May be called from within what it leads to. */
    private void feed(Input input) {
        inputs.add(input);
        drive();
    }

    /** Event loop only. Inputs that the step brings are taken when it has ended. */
    private void undisturbed(Runnable step) {
        driving = true;
        try {
            step.run();
        } finally {
            driving = false;
        }
        drive();
    }

    private void drive() {
        if (driving) {
            return;
        }
        driving = true;
        try {
            boolean more;
            do {
                for (Input next = next(); next != null; next = next()) {
                    relay.on(next, System.nanoTime()).forEach(this::carryOut);
                }
                // Answers to what is flushed may come at once, as inputs.
                connections.flush();
                datagrams.flush();
                more = !inputs.isEmpty() || (!batches.isEmpty() && takesCommands());
            } while (more);
        } catch (RuntimeException e) {
            log.error("Unexpected error in the relay (bug); no further command is carried out", e);
            reports.halted("a bug: " + e);
        } finally {
            driving = false;
        }
    }

    private @Nullable Input next() {
        SpoolLevel level = spool.level();
        if (level != spoolLevel) {
            spoolLevel = level;
            log.info("Spool level is now {}", level);
            return new Input.SpoolLevelled(level);
        }
        Input input = inputs.poll();
        if (input != null) {
            return input;
        }
        Batch batch = batches.peek();
        if (batch == null || !takesCommands()) {
            return null;
        }
        Command command = batch.commands().poll();
        if (command != null) {
            return new Input.Commanded(command);
        }
        batches.remove();
        batch.taken().run();
        return next();
    }

    private boolean takesCommands() {
        if (ending) {
            return false;
        }
        boolean takes = relay.takesCommands() && reports.takesReceipts();
        if (takes == commandsWait) {
            commandsWait = !takes;
            log.info(
                    takes
                            ? "Command backlog cleared; reading commands again"
                            : "Too many commands unfinished; reading commands is paused");
        }
        return takes;
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Capture capture -> capture(capture);
            case Effect.Connect connect -> connections.connect(connect);
            case Effect.Write write -> connections.write(write);
            case Effect.EndOutput end -> connections.endOutput(end);
            case Effect.Reset reset -> connections.reset(reset);
            case Effect.Refuse refuse -> connections.refuse(refuse.flow());
            case Effect.Close close -> connections.close(close.flow());
            case Effect.SetReading reading -> connections.setReading(reading);
            case Effect.AwaitConfirmation await -> await(await);
            case Effect.Send send -> paced.send(send);
            case Effect.FreezeGame freeze ->
                    reports.freezeWanted(freeze.freezeId(), freeze.atMostMillis());
            case Effect.ThawGame thaw -> reports.thawWanted(thaw.freezeId());
            case Effect.Answer answer -> reports.answered(answer.receipt(), wallClockMicros());
            case Effect.Halt halt -> reports.halted(halt.reason());
        }
    }

    private void give(Effect.Send send) {
        losses.sent(send.to());
        datagrams.send(send);
    }

    // Its end is an input.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void await(Effect.AwaitConfirmation await) {
        loop.schedule(
                () -> feed(new Input.ConfirmationOverdue(await.flow(), await.confirmed())),
                await.patienceMillis(),
                MILLISECONDS);
    }

    private void capture(Effect.Capture capture) {
        CapturedEvent event = stamp.stamp(capture.what(), wallClockMicros());
        if (event.what() instanceof Observation.StrangerSeen stranger) {
            report(stranger);
        }
        log.debug("Captured {}", event);
        spool.append(event);
    }

    private void report(Observation.StrangerSeen stranger) {
        @Nullable InetAddress address = relay.gameAddress();
        @Nullable Endpoint source = stranger.sourceOrNull();
        String game = address == null ? "no address yet" : address.getHostAddress();
        String from =
                source == null
                        ? "further strangers"
                        : "stranger %s to %s".formatted(source, stranger.destinationOrNull());
        switch (stranger.protocol()) {
            case UDP ->
                    log.warn(
                            "Datagrams from {}, which is not the game at {}: {} ignored",
                            from,
                            game,
                            stranger.packets());
            case TCP ->
                    log.warn(
                            "Connections from {}, which is not the game at {}: {} reset",
                            from,
                            game,
                            stranger.packets());
        }
    }

    private static long wallClockMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** Commands of one hand-over that have not been taken yet. */
    private record Batch(Queue<Command> commands, Runnable taken) {}
}
