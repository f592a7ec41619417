package kontor.simulation.orchestrator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import kontor.orchestrator.ownership.CheckpointDesk;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.Input.FreezeAnswered;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Decision.Arrival;
import kontor.orchestrator.sequencer.Delivery;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.simulation.adapter.Translation;
import kontor.simulation.broker.Reader;
import kontor.simulation.broker.Topic;
import kontor.simulation.invariant.NothingLost;
import kontor.simulation.invariant.Violation;
import kontor.simulation.time.Life;
import kontor.simulation.world.Packet;
import kontor.simulation.world.Request;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The relay of an owned partition: takes what a poll brings, has the real sequencer decide, folds,
 * sends.
 */
final class Relay {

    private static final long POLL_TIMEOUT = 10_000;

    private final World world;
    private final Life life;
    private final PartitionLog log;
    private final Outlet outlet;
    private final ReloadDesk reloads;
    private final CheckpointDesk checkpoints;
    private final Sequencer sequencer;
    private final SignOfLife sign;
    private final Reader input;
    private final long skew;
    private Runnable between = () -> {};

    Relay(
            String id,
            World world,
            Life life,
            PartitionLog log,
            Outlet outlet,
            ReloadDesk reloads,
            CheckpointDesk checkpoints,
            long skew) {
        this.world = world;
        this.life = life;
        this.log = log;
        this.outlet = outlet;
        this.reloads = reloads;
        this.checkpoints = checkpoints;
        this.skew = skew;
        this.sequencer = new Sequencer(Duration.ofNanos(world.weather().sessionIdle() * 1_000));
        this.sign = new SignOfLife(id, world);
        this.input = new Reader(world.broker(), life);
    }

    /**
     * @param lookUp called when all that was polled is dealt with; calls {@link #poll} to go on
     */
    void begin(Runnable lookUp) {
        between = lookUp;
        Topic<Packet> packets = world.topics().packets();
        boolean fromEnd = world.is(Sabotage.INPUT_FROM_ITS_END);
        input.seek(packets, fromEnd ? packets.end() : (int) log.nextOffset(packets.name()));
        // Reloads are folded anew, from before any that may still run.
        Topic<Request> control = world.topics().control();
        boolean fromNow = world.is(Sabotage.RELOADS_FROM_NOW_ON);
        input.seek(control, fromNow ? (int) log.nextOffset(control.name()) : 0);
        lookUp.run();
    }

    /** As if nothing had been released. */
    void pollOnceMore() {
        between = () -> {};
        poll();
    }

    boolean isAtEndOfInput() {
        return input.position(world.topics().packets()) == world.topics().packets().end()
                && input.position(world.topics().control()) == world.topics().control().end();
    }

    void poll() {
        if (sign.isDue()) {
            outlet.send(world.topics().control(), sign.says(ProcessState.READY, log.epoch()));
        }
        reloads.on(new kontor.orchestrator.reload.Input.Tick(), now());
        input.poll(
                POLL_TIMEOUT,
                records -> {
                    if (records.isEmpty()) {
                        quiet();
                    } else {
                        take(new ArrayDeque<>(records));
                    }
                });
    }

    /** One record after the other; each waits until the one before is sent, as far as it must. */
    private void take(Queue<Reader.Polled> records) {
        for (Reader.Polled next = records.poll(); next != null; next = records.poll()) {
            InputPosition position = new InputPosition(next.topic().name(), 0, next.offset());
            switch (next.record()) {
                case Request.Heard heard -> reloads.on(heard.what(), now());
                case Request.Ended _ -> {}
                case Packet packet -> {
                    packet(packet, position);
                    outlet.whenLeft(() -> take(records));
                    return;
                }
                case Request request -> {
                    request(request, position);
                    outlet.whenLeft(() -> take(records));
                    return;
                }
                default -> throw new IllegalStateException(next.toString());
            }
        }
        outlet.whenLeft(between);
    }

    private void request(Request request, InputPosition position) {
        if (position.offset() < log.nextOffset(world.topics().control().name())) {
            return;
        }
        switch (request) {
            case Request.StartSession start ->
                    perform(decide(new Input.SessionWanted(start.session(), position)));
            case Request.EndSession end ->
                    perform(decide(new Input.SessionEndWanted(end.session(), position)));
            case Request.Heard _, Request.Ended _ ->
                    throw new IllegalStateException(request.toString());
        }
    }

    private void packet(Packet packet, InputPosition position) {
        AdapterEvent event = packet.event();
        Decision decision = decide(new Input.Captured(event, position));
        while (decision.arrival() == Arrival.DUPLICATE
                && world.is(Sabotage.EVENTS_NOT_TOLD_APART)) {
            event = next(event);
            decision = decide(new Input.Captured(event, position));
        }
        if (decision.arrival() == Arrival.AFTER_GAP) {
            throw new Violation(NothingLost.class, "adapter events are missing before " + packet);
        }
        perform(decision);
        kontor.orchestrator.reload.@Nullable Input heard = Translation.freezeAnswer(packet);
        if (heard != null) {
            reloads.on(asHeard(heard), now());
        }
    }

    private kontor.orchestrator.reload.Input asHeard(kontor.orchestrator.reload.Input said) {
        return said instanceof FreezeAnswered answer
                        && answer.answer() == FreezeAnswer.FAILED
                        && world.is(Sabotage.FAILED_FREEZE_TAKEN_FOR_ONE)
                ? new FreezeAnswered(
                        answer.lab(),
                        answer.instance(),
                        answer.run(),
                        answer.freezeId(),
                        FreezeAnswer.FROZEN,
                        answer.detail())
                : said;
    }

    private static AdapterEvent next(AdapterEvent event) {
        return new AdapterEvent(
                event.lab(),
                event.instance(),
                event.run(),
                event.sequence() + 1,
                event.capturedAtMicros(),
                event.what());
    }

    private void quiet() {
        Decision decision = decide(new Input.Quiet());
        if (!decision.events().isEmpty()) {
            Topic<Packet> packets = world.topics().packets();
            if (world.broker().isUp() && input.position(packets) >= packets.end()) {
                perform(decision);
            } else {
                log.lab(World.LAB).touch(now());
            }
        }
        outlet.whenLeft(between);
    }

    private long now() {
        return world.wallClockMicros(skew);
    }

    private Decision decide(Input wanted) {
        Stamp stamp = new Stamp(log.epoch(), now());
        return sequencer.decide(World.LAB, log.lab(World.LAB), wanted, stamp);
    }

    private void perform(Decision decision) {
        List<Runnable> sendings = new ArrayList<>();
        for (SessionEvent event : decision.events()) {
            world.note(life.name(), "decides", event);
            LogRecord.Entry entry = new LogRecord.Entry(event);
            for (Command command : log.fold(entry).commands()) {
                sendings.add(() ->
                        outlet.send(
                                world.topics().commands(command.instance()),
                                Translation.order(command, log.epoch())));
            }
            sendings.add(() -> outlet.send(world.topics().log(), asWritten(entry)));
        }
        if (!sendings.isEmpty()) {
            long before = outlet.sent() + sendings.size() - 1;
            checkpoints.onFolded(log, decision.events().size(), before, world.nanos());
        }
        sendings.forEach(Runnable::run);
    }

    private LogRecord asWritten(LogRecord.Entry entry) {
        boolean untold =
                world.is(Sabotage.DELIVERIES_NOT_WRITTEN_DOWN)
                        && entry.event().deliveries().size() > 1;
        return untold ? copy(entry.event(), entry.event().stamp(), List.of()) : entry;
    }

    static LogRecord copy(SessionEvent event, Stamp stamp, List<Delivery> deliveries) {
        return new LogRecord.Entry(
                new SessionEvent(
                        event.lab(),
                        event.session(),
                        event.sequence(),
                        stamp,
                        event.input(),
                        event.flow(),
                        event.verdict(),
                        event.detail(),
                        deliveries,
                        event.what()));
    }
}
