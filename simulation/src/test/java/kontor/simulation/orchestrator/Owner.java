package kontor.simulation.orchestrator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.IntConsumer;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Decision.Arrival;
import kontor.orchestrator.sequencer.Delivery;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.LabState;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.simulation.adapter.Translation;
import kontor.simulation.broker.Producer;
import kontor.simulation.broker.Reader;
import kontor.simulation.broker.Topic;
import kontor.simulation.invariant.NothingLost;
import kontor.simulation.invariant.OneOrder;
import kontor.simulation.invariant.Violation;
import kontor.simulation.time.Life;
import kontor.simulation.world.Packet;
import kontor.simulation.world.Request;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * One set of clients of an orchestrator's process, from folding the log to the end of owning: the
 * real log, sequencer, commands and tenure, driven step by step as the real edge drives them.
 */
final class Owner {

    private static final long POLL_TIMEOUT = 10_000;
    private static final long SIGN_INTERVAL = 16_000;

    private final String id;
    private final World world;
    private final Life life;
    private final Tenure tenure;
    private final Runnable onEnd;
    private final PartitionLog log = new PartitionLog();
    private final Sequencer sequencer;
    private final Queue<List<Command>> lastCommands = new ArrayDeque<>();
    private final Queue<Sending<?>> unsent = new ArrayDeque<>();
    private final SendWindow window;
    private final Reader logReader;
    private final Reader input;
    private final long skew;
    private Producer producer;
    private boolean displaced;
    private boolean relaying;
    private boolean wrote;
    private long signDue;
    private long awaitedWord = -1;
    private Runnable whenSent = () -> {};

    /** What is to be sent when the window allows. */
    private record Sending<T>(Topic<T> topic, T record) {

        void by(Producer producer, IntConsumer acknowledged) {
            producer.send(topic, record, acknowledged);
        }
    }

    /**
     * @param id of the process
     * @param life ends with the process, or with this owner
     * @param onEnd called when it owns no longer and another set of clients is to be made
     */
    Owner(String id, World world, Life life, Tenure tenure, Runnable onEnd) {
        this.id = id;
        this.world = world;
        this.life = life;
        this.tenure = tenure;
        this.onEnd = onEnd;
        this.sequencer = new Sequencer(Duration.ofNanos(world.weather().sessionIdle() * 1_000));
        this.window = new SendWindow(world.weather().window());
        this.logReader = new Reader(world.broker(), life);
        this.input = new Reader(world.broker(), life);
        this.skew = world.chance().between(-500_000, 500_000);
        this.producer = new Producer(world.broker(), life);
    }

    private long nanos() {
        return world.timeline().now() * 1_000;
    }

    long epoch() {
        return log.epoch();
    }

    boolean isRelaying() {
        return relaying && tenure.state() == Tenure.State.OWNING;
    }

    boolean hasSentAll() {
        return unsent.isEmpty() && window.isEmpty();
    }

    /** Whether all input has been taken. */
    boolean isAtEndOfInput() {
        return input.position(world.topics().packets()) == world.topics().packets().end()
                && input.position(world.topics().control()) == world.topics().control().end();
    }

    // Following and taking over.

    void start() {
        if (!world.broker().isUp()) {
            world.timeline().in(world.chance().around(5_000), life, this::start);
            return;
        }
        logReader.seek(world.topics().log(), 0);
        logReader.seek(world.topics().control(), world.topics().control().end());
        readLogTo(
                world.topics().log().end(),
                () -> {
                    tenure.on(new Tenure.Input.CaughtUp(log.standing(id), nanos()));
                    goOn();
                });
    }

    private void goOn() {
        switch (tenure.state()) {
            case STANDBY -> follow();
            case CLAIMING -> claim();
            case RECOVERING, OWNING, RELEASING, STOPPED ->
                    throw new IllegalStateException("unexpected: " + tenure.state());
        }
    }

    private void readLogTo(int end, Runnable then) {
        if (logReader.position(world.topics().log()) >= end) {
            then.run();
            return;
        }
        logReader.poll(records -> {
            records.forEach(this::followed);
            readLogTo(end, then);
        });
    }

    private void follow() {
        if (awaitedWord < 0 && isSignDue()) {
            awaitedWord = world.timeline().now();
            send(world.topics().control(), new Request.SignOfLife(id, 0, awaitedWord));
            pump();
        }
        wrote = false;
        logReader.poll(
                POLL_TIMEOUT,
                records -> {
                    records.forEach(this::followed);
                    tenure.on(new Tenure.Input.Followed(log.standing(id), wrote, nanos()));
                    goOn();
                });
    }

    private boolean isSignDue() {
        if (world.timeline().now() < signDue) {
            return false;
        }
        signDue = world.timeline().now() + SIGN_INTERVAL;
        return true;
    }

    private void followed(Reader.Polled polled) {
        switch (polled.record()) {
            case LogRecord record -> fold(record);
            case Request.SignOfLife sign -> heard(sign);
            default -> {}
        }
    }

    private void heard(Request.SignOfLife sign) {
        if (sign.process().equals(id) && sign.saidAt() == awaitedWord) {
            awaitedWord = -1;
            tenure.on(new Tenure.Input.OwnWordHeard(sign.saidAt() * 1_000, nanos()));
        } else if (sign.epoch() >= Math.max(1, log.epoch())) {
            tenure.on(new Tenure.Input.OwnerHeard(nanos()));
        }
    }

    private void fold(LogRecord record) {
        PartitionLog.Outcome outcome = log.fold(asRead(record));
        switch (outcome.kind()) {
            case APPLIED -> {
                wrote = true;
                keep(record, outcome.commands());
            }
            case APPLIED_AFTER_GAP ->
                    throw new Violation(OneOrder.class, id + " misses records before " + record);
            case REPEATED, VOID -> {}
        }
    }

    private LogRecord asRead(LogRecord record) {
        if (!world.is(Sabotage.CLAIMS_NOT_HEEDED) || !(record instanceof LogRecord.Entry entry)) {
            return record;
        }
        SessionEvent event = entry.event();
        Stamp stamp = new Stamp(Math.max(log.epoch(), entry.epoch()), event.stamp().nowMicros());
        return copy(event, stamp, event.deliveries());
    }

    private void keep(LogRecord record, List<Command> commands) {
        switch (record) {
            case LogRecord.Entry _ -> {
                lastCommands.add(commands);
                int most =
                        world.is(Sabotage.COMMANDS_GIVEN_AGAIN_TOO_FEW)
                                ? 1
                                : world.weather().givenAgain();
                if (lastCommands.size() > most) {
                    lastCommands.remove();
                }
            }
            case LogRecord.Release _ -> lastCommands.clear();
            case LogRecord.Claim _ -> {}
        }
    }

    private void claim() {
        LogRecord.Claim claim =
                new LogRecord.Claim(id, log.epoch() + 1, world.wallClockMicros(skew));
        world.note(life.name(), "claims", claim);
        producer.send(
                world.topics().log(),
                claim,
                offset -> {
                    if (world.is(Sabotage.CLAIM_NOT_READ)) {
                        logReader.seek(world.topics().log(), offset + 1);
                        log.fold(claim);
                        giveAgain();
                    } else {
                        readLogTo(offset + 1, () -> claimed(claim));
                    }
                });
    }

    private void claimed(LogRecord.Claim claim) {
        if (log.isOwnedBy(id) && log.epoch() == claim.epoch()) {
            giveAgain();
        } else {
            tenure.on(new Tenure.Input.ClaimRead(false, nanos()));
            goOn();
        }
    }

    private void end() {
        relaying = false;
        producer.close();
        onEnd.run();
    }

    private void giveAgain() {
        for (LabState.Target target : log.lab(World.LAB).targets()) {
            command(
                    new Command(
                            World.LAB, target.instance(), target.run(), 0, null, 0, 0, List.of()));
        }
        if (!world.is(Sabotage.COMMANDS_NOT_GIVEN_AGAIN)) {
            lastCommands.forEach(commands -> commands.forEach(this::command));
        }
        whenSent =
                () -> {
                    if (window.isEmpty()) {
                        whenSent = () -> {};
                        relay();
                    }
                };
        pump();
    }

    // Relaying.

    private void relay() {
        tenure.on(new Tenure.Input.ClaimRead(true, nanos()));
        relaying = true;
        world.note(life.name(), "relays with epoch", log.epoch());
        boolean fromEnd = world.is(Sabotage.INPUT_FROM_ITS_END);
        input.seek(
                world.topics().packets(),
                fromEnd
                        ? world.topics().packets().end()
                        : (int) log.nextOffset(world.topics().packets().name()));
        input.seek(world.topics().control(), (int) log.nextOffset(world.topics().control().name()));
        watch();
        poll();
    }

    /** Beside the relay: a higher claim in the log. */
    private void watch() {
        logReader.poll(records -> {
            for (Reader.Polled polled : records) {
                displaced |=
                        polled.record() instanceof LogRecord.Claim claim
                                && claim.epoch() > log.epoch();
            }
            if (!displaced) {
                watch();
            }
        });
    }

    private void poll() {
        if (displaced) {
            world.note(life.name(), "is displaced, it had epoch", log.epoch());
            tenure.on(new Tenure.Input.Displaced());
            end();
            return;
        }
        if (tenure.state() == Tenure.State.RELEASING) {
            release();
            return;
        }
        if (isSignDue()) {
            send(
                    world.topics().control(),
                    new Request.SignOfLife(id, log.epoch(), world.timeline().now()));
            pump();
        }
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
        Reader.@Nullable Polled next = records.poll();
        if (next == null) {
            poll();
            return;
        }
        InputPosition position = new InputPosition(next.topic().name(), 0, next.offset());
        switch (next.record()) {
            case Packet packet -> packet(packet, position);
            case Request request -> request(request, position);
            default -> throw new IllegalStateException(next.toString());
        }
        afterSending(() -> take(records));
    }

    private void request(Request request, InputPosition position) {
        switch (request) {
            case Request.StartSession(SessionId session) ->
                    perform(decide(new Input.SessionWanted(session, position)));
            case Request.EndSession(SessionId session) ->
                    perform(decide(new Input.SessionEndWanted(session, position)));
            case Request.HandOver(String successor, long until) -> {
                if (!successor.equals(id) && world.timeline().now() <= until) {
                    tenure.on(new Tenure.Input.HandOverWanted(successor));
                }
            }
            case Request.SignOfLife _ -> {}
        }
    }

    /** All that was sent before is acknowledged first. */
    private void release() {
        whenSent =
                () -> {
                    if (hasSentAll() || world.is(Sabotage.RELEASE_NOT_LAST)) {
                        whenSent = () -> {};
                        released();
                    }
                };
        pump();
    }

    private void released() {
        LogRecord.Release release = new LogRecord.Release(id, log.epoch(), tenure.successor());
        world.note(life.name(), "releases", release);
        producer.send(
                world.topics().log(),
                release,
                _ -> {
                    tenure.on(new Tenure.Input.Released());
                    end();
                });
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
            boolean allRead =
                    world.broker().isUp()
                            && input.position(world.topics().packets())
                                    >= world.topics().packets().end();
            if (allRead) {
                perform(decision);
            } else {
                log.lab(World.LAB).touch(world.wallClockMicros(skew));
            }
        }
        afterSending(this::poll);
    }

    private Decision decide(Input wanted) {
        Stamp stamp = new Stamp(log.epoch(), world.wallClockMicros(skew));
        return sequencer.decide(World.LAB, log.lab(World.LAB), wanted, stamp);
    }

    private void perform(Decision decision) {
        for (SessionEvent event : decision.events()) {
            world.note(life.name(), "decides", event);
            LogRecord.Entry entry = new LogRecord.Entry(event);
            log.fold(entry).commands().forEach(this::command);
            send(world.topics().log(), asWritten(entry));
        }
    }

    private LogRecord asWritten(LogRecord.Entry entry) {
        boolean untold =
                world.is(Sabotage.DELIVERIES_NOT_WRITTEN_DOWN)
                        && entry.event().deliveries().size() > 1;
        return untold ? copy(entry.event(), entry.event().stamp(), List.of()) : entry;
    }

    private static LogRecord copy(SessionEvent event, Stamp stamp, List<Delivery> deliveries) {
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

    private void command(Command command) {
        send(world.topics().commands(command.instance()), Translation.order(command, log.epoch()));
    }

    // Sending.

    private <T> void send(Topic<T> topic, T record) {
        unsent.add(new Sending<>(topic, record));
    }

    private void afterSending(Runnable then) {
        whenSent =
                () -> {
                    if (unsent.isEmpty()) {
                        whenSent = () -> {};
                        world.timeline().in(world.chance().between(2, 30), life, then);
                    }
                };
        pump();
    }

    private void pump() {
        while (!unsent.isEmpty() && !window.isFull()) {
            int ticket = window.take();
            unsent.remove().by(producer, _ -> acknowledged(ticket));
        }
        whenSent.run();
    }

    private void acknowledged(int ticket) {
        window.acknowledge(ticket);
        pump();
    }

    /** The client gives up: what is not acknowledged may have been sent or not. */
    void goOnAfterFailure() {
        producer.close();
        producer = new Producer(world.broker(), life);
        for (int ticket = 0; !window.isEmpty(); ticket++) {
            window.acknowledge(ticket);
        }
        pump();
    }

    void close() {
        producer.close();
    }

    List<String> unfinished() {
        List<String> unfinished = new ArrayList<>();
        if (!hasSentAll()) {
            unfinished.add(id + " has records to send");
        }
        if (!isAtEndOfInput()) {
            unfinished.add(id + " has input to take");
        }
        return unfinished;
    }
}
