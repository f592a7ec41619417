package kontor.simulation.adapter;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.EventStamp;
import kontor.adapter.capture.Observation;
import kontor.adapter.relay.Command;
import kontor.adapter.relay.CommandReceipt;
import kontor.adapter.relay.Effect;
import kontor.adapter.relay.Input;
import kontor.adapter.relay.Relay;
import kontor.adapter.relay.RelayBounds;
import kontor.adapter.relay.SpoolLevel;
import kontor.adapter.relay.WindowBounds;
import kontor.orchestrator.reload.Input.AdapterHeard;
import kontor.simulation.broker.Producer;
import kontor.simulation.broker.Reader;
import kontor.simulation.broker.Topic;
import kontor.simulation.game.Game;
import kontor.simulation.game.Site;
import kontor.simulation.game.Wire;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.invariant.RunEvidence;
import kontor.simulation.time.Life;
import kontor.simulation.world.Order;
import kontor.simulation.world.Packet;
import kontor.simulation.world.Request;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.Said;
import kontor.simulation.world.Weather;
import kontor.simulation.world.World;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * One life of an adapter: the real relay and event stamp, driven as the real edge drives them, with
 * models of the sockets, the spool and the clients around them.
 */
final class AdapterLife {

    private static final long STATUS_INTERVAL = 60_000;
    private static final int MOST_UNACKNOWLEDGED = 20;

    private final Site site;
    private final RunId run;
    private final Game game;
    private final World world;
    private final RunEvidence seen;
    private final SpoolDisk disk;
    private final FreezeKeeper freezes;
    private final Life life;
    private final Relay relay;
    private final EventStamp stamp = new EventStamp();
    private final Sockets sockets;
    private final Tampering tampering;
    private final Publisher publisher;
    private final Producer outbox;
    private final Reader commands;
    private final Queue<Input> inputs = new ArrayDeque<>();
    private final Queue<Command> ordered = new ArrayDeque<>();
    private final long skew;
    private SpoolLevel spoolLevel = SpoolLevel.FREE;
    private boolean driving;
    private boolean listening;
    private boolean polling;
    private long carriedOut;
    private @Nullable CapturedEvent last;

    AdapterLife(
            Site site,
            RunId run,
            Game game,
            World world,
            Evidence evidence,
            RunEvidence seen,
            SpoolDisk disk,
            FreezeMark mark) {
        this.site = site;
        this.run = run;
        this.game = game;
        this.world = world;
        this.seen = seen;
        this.disk = disk;
        this.life = new Life("adapter-" + site.number());
        this.tampering = new Tampering(run, world);
        WindowBounds window = window(world.weather());
        this.relay = new Relay(run, site.network(), new RelayBounds(200, 80, 600, 12, window));
        if (world.weather().windowPatience() == 0) {
            seen.window(window.largestBytes());
        }
        this.sockets = new Sockets(run, game, world, life, evidence, this::feed);
        this.publisher = new Publisher(life, world, disk, this::drive);
        this.outbox = new Producer(world.broker(), life);
        this.commands = new Reader(world.broker(), life);
        this.skew = world.chance().between(-500_000, 500_000);
        this.freezes =
                new FreezeKeeper(
                        world,
                        life,
                        game,
                        mark,
                        () -> world.wallClockMicros(skew),
                        seen,
                        what -> feed(new Input.Observed(what)));
    }

    private static WindowBounds window(Weather weather) {
        long step = weather.confirmAfter();
        return new WindowBounds(
                step,
                2 * step,
                6 * step,
                3 * step,
                5,
                Math.max(1, weather.windowPatience() / 1_000));
    }

    RunId run() {
        return run;
    }

    Life life() {
        return life;
    }

    Publisher publisher() {
        return publisher;
    }

    boolean isListening() {
        return listening;
    }

    /** A game that an earlier life left frozen is thawed before all else. */
    void start() {
        freezes.recover(this::begin);
    }

    private void begin() {
        listening = true;
        if (world.is(Sabotage.START_BEFORE_EARLIER_RUNS)) {
            List<Packet> earlier = disk.unacknowledged();
            disk.clear();
            feed(new Input.Start());
            earlier.forEach(disk::append);
        } else {
            feed(new Input.Start());
        }
        freezes.start();
        status();
        position();
    }

    /** Now and then, and for the ear of a coordinator that did not hear the events. */
    private void status() {
        if (outbox.unacknowledged() < MOST_UNACKNOWLEDGED) {
            long now = world.wallClockMicros(skew);
            AdapterHeard status =
                    new AdapterHeard(World.LAB, site.name(), run, freezes.holder(), now);
            outbox.send(world.topics().control(), new Request.Heard(status, now), _ -> {});
        }
        world.timeline().idlyIn(STATUS_INTERVAL, life, this::status);
    }

    /** Commands are read from the end that their topic has before anybody knows of this run. */
    private void position() {
        world.timeline()
                .in(
                        world.chance().around(2_000),
                        life,
                        () -> {
                            if (!world.broker().isUp()) {
                                position();
                                return;
                            }
                            Topic<Order> topic = world.topics().commands(site.name());
                            feed(new Input.Fenced(newestEpoch(topic)));
                            commands.seek(topic, topic.end());
                            publisher.start();
                            readCommands();
                        });
    }

    /** That of the newest owner that spoke to an earlier run. */
    private long newestEpoch(Topic<Order> topic) {
        return world.is(Sabotage.FENCES_OF_EARLIER_RUNS_IGNORED)
                ? 0
                : topic.records().stream()
                        .mapToLong(order -> order.command().ownerEpoch())
                        .max()
                        .orElse(0);
    }

    private void readCommands() {
        polling = true;
        commands.poll(records -> {
            polling = false;
            for (Reader.Polled polled : records) {
                ordered.add(((Order) polled.record()).command());
            }
            drive();
        });
    }

    void kill() {
        if (last != null && world.chance().oneIn(3)) {
            disk.tear(Translation.packet(site, run, AdapterProcess.half(last)));
        }
        die(RunEvidence.Fate.KILLED, "adapter of " + site.name() + " killed");
    }

    private void die(RunEvidence.Fate fate, String why) {
        listening = false;
        if (fate == RunEvidence.Fate.STOPPED && game.isFrozen() && !freezes.struggles()) {
            seen.leftFrozen();
        }
        seen.ended(fate);
        life.end(world.timeline());
        publisher.close();
        outbox.close();
        sockets.die(why);
    }

    /**
     * @param gone called when the process has ended
     */
    void stop(Runnable gone) {
        freezes.stop(() -> {
            listening = false;
            feed(new Input.Stop());
            awaitFinished(8, gone);
        });
    }

    /** The broker gets a while to take what is left; the rest stays in the spool. */
    private void awaitFinished(int patience, Runnable gone) {
        world.timeline()
                .in(
                        2_000,
                        life,
                        () -> {
                            boolean finished = publisher.isDone() && outbox.unacknowledged() == 0;
                            if (finished || patience == 0) {
                                world.note(life.name(), "has stopped", finished);
                                die(
                                        finished
                                                ? RunEvidence.Fate.STOPPED
                                                : RunEvidence.Fate.KILLED,
                                        "adapter of " + site.name() + " stopped");
                                gone.run();
                            } else {
                                awaitFinished(patience - 1, gone);
                            }
                        });
    }

    void accept(Wire wire, Endpoint source, Endpoint destination) {
        sockets.accept(wire, source, destination);
    }

    /** Waits in the kernel until the process comes to it. */
    void datagram(Endpoint source, Endpoint destination, Bytes payload) {
        world.timeline()
                .in(
                        20,
                        life,
                        () -> {
                            if (listening) {
                                seen.offered();
                            }
                            feed(new Input.DatagramReceived(source, destination, payload));
                        });
    }

    private void feed(Input input) {
        inputs.add(input);
        drive();
    }

    /** As the real edge does it: the spool's level first, then what came, then commands. */
    private void drive() {
        if (driving) {
            return;
        }
        driving = true;
        for (Input next = next(); next != null; next = next()) {
            for (Effect effect : relay.on(next, world.nanos())) {
                carryOut(effect);
            }
            if (next instanceof Input.Commanded(Command command)) {
                executed(command);
            }
        }
        driving = false;
        if (ordered.isEmpty() && !polling && commands.isAssigned()) {
            readCommands();
        }
    }

    private void relieved() {
        if (!ordered.isEmpty()) {
            drive();
        }
    }

    private @Nullable Input next() {
        SpoolLevel level = disk.level();
        if (level != spoolLevel) {
            spoolLevel = level;
            return new Input.SpoolLevelled(level);
        }
        Input input = inputs.poll();
        if (input != null) {
            return input;
        }
        if (!relay.takesCommands() || outbox.unacknowledged() > MOST_UNACKNOWLEDGED) {
            return null;
        }
        Command command = ordered.poll();
        return command == null ? null : new Input.Commanded(tampering.of(command, carriedOut));
    }

    private void executed(Command command) {
        long latest = relay.status().lastCommandSequence();
        if (latest > carriedOut) {
            carriedOut = latest;
            seen.executed(command);
            world.note(life.name(), "carries out", command);
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Capture(Observation what) -> capture(what);
            case Effect.Connect connect -> sockets.connect(connect);
            case Effect.Write write -> sockets.write(write);
            case Effect.EndOutput end -> sockets.endOutput(end);
            case Effect.Reset reset -> sockets.reset(reset);
            case Effect.Refuse refuse -> sockets.close(refuse.flow());
            case Effect.Close close -> sockets.close(close.flow());
            case Effect.SetReading reading -> {
                if (reading.on() || !world.is(Sabotage.WINDOW_NOT_HELD)) {
                    sockets.setReading(reading);
                }
            }
            case Effect.AwaitConfirmation await -> await(await);
            case Effect.Send send -> {
                game.receive(send.from(), send.payload());
                inputs.add(new Input.Done(send.ticket()));
            }
            case Effect.Answer(CommandReceipt receipt) -> answer(receipt);
            case Effect.Halt halt -> seen.halted(halt.reason());
            case Effect.FreezeGame freeze ->
                    freezes.freeze(freeze.freezeId(), freeze.atMostMillis());
            case Effect.ThawGame thaw -> freezes.thaw(thaw.freezeId());
        }
    }

    private void await(Effect.AwaitConfirmation await) {
        if (world.weather().windowPatience() > 0) {
            world.timeline()
                    .in(
                            await.patienceMillis() * 1_000,
                            life,
                            () ->
                                    feed(
                                            new Input.ConfirmationOverdue(
                                                    await.flow(), await.confirmed())));
        }
    }

    private void capture(Observation what) {
        CapturedEvent event = stamp.stamp(what, world.wallClockMicros(skew));
        last = event;
        Packet packet = Translation.packet(site, run, event);
        disk.append(packet);
        seen.captured(event);
        world.note(life.name(), "captures", packet);
        publisher.appended(packet);
    }

    private void answer(CommandReceipt receipt) {
        seen.answered(receipt);
        if (world.is(Sabotage.RECEIPTS_FORGOTTEN) && outbox.unacknowledged() > 1) {
            return;
        }
        outbox.send(
                world.topics().receipts(), new Said(site.name(), run, receipt), _ -> relieved());
    }
}
