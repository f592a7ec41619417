package kontor.simulation.orchestrator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import kontor.orchestrator.ownership.ClaimWatch;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.Message;
import kontor.orchestrator.ownership.Moment;
import kontor.orchestrator.ownership.Owner;
import kontor.orchestrator.ownership.OwnerEffect;
import kontor.orchestrator.ownership.OwnerEffect.News;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.ownership.OwnerRules;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.reload.Service;
import kontor.orchestrator.sequencer.CodeAnswers;
import kontor.orchestrator.sequencer.CodeQuestion;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Decision.Arrival;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.LabState;
import kontor.simulation.adapter.Translation;
import kontor.simulation.broker.Reader;
import kontor.simulation.broker.Topic;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.invariant.NothingLost;
import kontor.simulation.invariant.OneOrder;
import kontor.simulation.invariant.Violation;
import kontor.simulation.time.Life;
import kontor.simulation.world.Packet;
import kontor.simulation.world.Request;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Performs what the real {@link Owner} wants, with one set of clients of a process: the counterpart
 * of the orchestrator's own driver. Where that one blocks, this one calls back.
 */
final class OwnerDriver {

    private static final Duration SIGN_INTERVAL = Duration.ofMillis(16);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(10);
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);

    private final String id;
    private final World world;
    private final Evidence evidence;
    private final Life life;
    private final Tenure tenure;
    private final Runnable onEnd;
    private final Outlet outlet;
    private final Owner owner;
    private final Mistakes mistakes;
    private final Recall recall;
    private final Messages messages;
    private final Requests requests;
    private final Reader follower;
    private final Reader input;
    private final FickleCode code;
    private final long skew;
    private @Nullable ClaimWatcher watcher;
    private boolean stopWanted;
    private boolean stopping;
    private boolean over;
    private boolean closed;
    private boolean claimTakenForRead;

    /** The records of what is released are safe: its commands are awaited next, if it has any. */
    private boolean settled;

    /**
     * @param id of the process
     * @param life ends with the process, or with this owner
     * @param onEnd called when it is over, by itself: owns no longer, or was told to stop
     */
    OwnerDriver(
            String id, World world, Evidence evidence, Life life, Tenure tenure, Runnable onEnd) {
        this.id = id;
        this.world = world;
        this.evidence = evidence;
        this.life = life;
        this.tenure = tenure;
        this.onEnd = onEnd;
        this.outlet = new Outlet(world, life);
        this.owner = new Owner(rules(), tenure, world.nanos());
        this.mistakes = new Mistakes(world);
        this.recall = new Recall(world, life, mistakes, this::answer);
        this.follower = new Reader(world.broker(), life);
        this.input = new Reader(world.broker(), life);
        this.code = new FickleCode(world, life);
        int wrong = world.weather().clocksAreWrongBy();
        this.skew = world.chance().between(-wrong, wrong);
        this.messages = new Messages(id, world, evidence, outlet, mistakes, skew, owner::liveRuns);
        this.requests = new Requests(messages::isLastSign);
    }

    private OwnerRules rules() {
        boolean tooFew = world.is(Sabotage.COMMANDS_GIVEN_AGAIN_TOO_FEW);
        return new OwnerRules(
                id,
                Service.ORCHESTRATOR.word(),
                Duration.ofNanos(world.weather().sessionIdle() * 1_000),
                tooFew ? 1 : world.weather().givenAgain(),
                SIGN_INTERVAL,
                POLL_TIMEOUT,
                world.weather().checkpointEvents(),
                CHECKPOINT_INTERVAL,
                World.RELOAD_LIMITS);
    }

    long epoch() {
        return log().epoch();
    }

    private PartitionLog log() {
        return requireNonNull(owner.log());
    }

    boolean isRelaying() {
        return watcher != null && !closed && tenure.state() == Tenure.State.OWNING;
    }

    /** Asks it to finish what it has begun. */
    void stop() {
        stopWanted = true;
    }

    void start() {
        if (!world.broker().isUp()) {
            world.timeline().in(world.chance().around(5_000), life, this::start);
            return;
        }
        perform(owner.start());
        perform(on(new OwnerInput.Begin()));
    }

    private List<OwnerEffect> on(OwnerInput happened) {
        return owner.on(happened, new Moment(world.nanos(), world.wallClockMicros(skew)));
    }

    private void answer(OwnerInput answer) {
        if (stopWanted && !stopping) {
            stopping = true;
            perform(on(new OwnerInput.StopWanted()));
        }
        if (watcher != null && watcher.hasSeenHigherClaim()) {
            perform(on(new OwnerInput.Displaced()));
        }
        if (!over) {
            perform(on(answer));
        }
    }

    private void perform(List<OwnerEffect> effects) {
        for (OwnerEffect effect : effects) {
            switch (effect) {
                case OwnerEffect.Send(Message message) -> messages.send(message);
                case OwnerEffect.Publish(News news) -> heed(news);
                case OwnerEffect.Watch(ClaimWatch watch, long from) -> {
                    ClaimWatcher watching =
                            new ClaimWatcher(world, life, from, epoch(), watch, outlet);
                    watcher = watching;
                    watching.watch();
                }
                case OwnerEffect.SeekInput(Map<String, Long> offsets) -> seek(offsets);
                case OwnerEffect.End _ -> end();
                case OwnerEffect.ReadCheckpoint _ -> recall.readCheckpoint();
                case OwnerEffect.ReadLogAt(long offset) -> recall.readLogAt((int) offset);
                case OwnerEffect.Follow(long offset) -> {
                    follower.seek(world.topics().log(), (int) offset);
                    follower.seek(world.topics().control(), world.topics().control().end());
                    answer(new OwnerInput.LogEndKnown(world.topics().log().end()));
                }
                case OwnerEffect.PollLog(Duration patience) -> pollLog(patience);
                case OwnerEffect.Append(LogRecord record) -> append(record);
                case OwnerEffect.AwaitAcknowledgements _ -> {
                    if (awaitsNothing()) {
                        answer(new OwnerInput.Acknowledged());
                    } else {
                        outlet.whenAcknowledged(() -> answer(new OwnerInput.Acknowledged()));
                    }
                }
                case OwnerEffect.AwaitClaimsRead _ -> {
                    settled = true;
                    requireNonNull(watcher).whenRead(() -> answer(new OwnerInput.ClaimsRead()));
                }
                case OwnerEffect.PollInput(Duration patience) -> {
                    settled = false;
                    input.poll(
                            patience.toNanos() / 1_000,
                            records -> take(records.isEmpty(), new ArrayDeque<>(records)));
                }
                case OwnerEffect.AskCode(CodeQuestion question) ->
                        code.ask(question, answered -> perform(on(answered)));
                case OwnerEffect.PrepareCode _ -> {}
                case OwnerEffect.AskInputEnd _ -> {
                    Topic<Packet> packets = world.topics().packets();
                    long end = world.broker().isUp() ? packets.end() : -1;
                    answer(new OwnerInput.InputEndKnown(end, input.position(packets)));
                }
            }
        }
    }

    private boolean awaitsNothing() {
        boolean isOwning = watcher != null && tenure.state() == Tenure.State.OWNING;
        boolean isTelling = isOwning && settled;
        boolean isReleasing = tenure.state() == Tenure.State.RELEASING;
        return (world.is(Sabotage.RELEASE_NOT_LAST) && isReleasing)
                || (world.is(Sabotage.SETTLED_TOO_EARLY) && isOwning && !isTelling);
    }

    private void heed(News news) {
        switch (news) {
            case News.Folded(LogRecord record, PartitionLog.Kind kind) -> {
                if (kind == PartitionLog.Kind.APPLIED_AFTER_GAP) {
                    throw new Violation(OneOrder.class, "records are missing before " + record);
                }
            }
            case News.Decided(Decision decision) -> {
                decision.events().forEach(event -> world.note(life.name(), "decides", event));
                if (decision.arrival() == Arrival.AFTER_GAP) {
                    throw new Violation(
                            NothingLost.class, "adapter events are missing before " + decision);
                }
            }
            case News.StandingBy _ -> {}
            case News.Owning owning -> {
                world.note(id, "tells", news);
                evidence.tookOver(
                        owning.epoch(),
                        log().lab(World.LAB).newestRuns(World.LAB).stream()
                                .map(LabState.Target::instance)
                                .toList());
            }
            case News.Folding _,
                    News.Claiming _,
                    News.ClaimLost _,
                    News.Releasing _,
                    News.Released _,
                    News.OwnerEnded _,
                    News.RulesRefused _,
                    News.CheckpointUnconfirmed _ ->
                    world.note(id, "tells", news);
        }
    }

    // The log.

    private void pollLog(Duration patience) {
        if (claimTakenForRead) {
            claimTakenForRead = false;
            followed();
            return;
        }
        follower.poll(
                patience.toNanos() / 1_000,
                records -> {
                    records.forEach(this::follow);
                    followed();
                });
    }

    private void followed() {
        answer(new OwnerInput.LogPolled(follower.position(world.topics().log())));
    }

    private void follow(Reader.Polled polled) {
        switch (polled.record()) {
            case LogRecord record ->
                    perform(on(new OwnerInput.LogRead(mistakes.asFollowed(record, epoch()))));
            case Request request ->
                    perform(on(new OwnerInput.ControlHeard(requests.control(request, polled))));
            default -> throw new IllegalStateException(polled.toString());
        }
    }

    private void append(LogRecord record) {
        outlet.sendAndWait(
                world.topics().log(),
                record,
                offset -> {
                    if (world.is(Sabotage.CLAIM_NOT_READ) && record instanceof LogRecord.Claim) {
                        follower.seek(world.topics().log(), offset + 1);
                        claimTakenForRead = true;
                        perform(on(new OwnerInput.LogRead(record)));
                    }
                    answer(new OwnerInput.Appended(offset));
                });
        if (world.is(Sabotage.OWNER_GOES_ON_AFTER_RELEASE) && record instanceof LogRecord.Release) {
            input.poll(records -> records.forEach(this::relay));
        }
    }

    // Input.

    private void seek(Map<String, Long> offsets) {
        Topic<Packet> packets = world.topics().packets();
        boolean fromEnd = world.is(Sabotage.INPUT_FROM_ITS_END);
        long next = offsets.getOrDefault(packets.name(), 0L);
        input.seek(packets, fromEnd ? packets.end() : (int) next);
        // Reloads are folded anew, from before any that may still run.
        Topic<Request> control = world.topics().control();
        boolean fromNow = world.is(Sabotage.RELOADS_FROM_NOW_ON);
        long nextControl = offsets.getOrDefault(control.name(), 0L);
        input.seek(control, fromNow ? (int) nextControl : 0);
    }

    /** One record after the other; each waits until the one before is sent, as far as it must. */
    private void take(boolean empty, Queue<Reader.Polled> records) {
        Reader.Polled next = records.poll();
        if (next == null) {
            outlet.whenLeft(() -> answer(new OwnerInput.InputPolled(empty)));
            return;
        }
        relay(next);
        if (next.record() instanceof Packet) {
            outlet.whenLeft(() -> take(false, records));
        } else {
            take(false, records);
        }
    }

    private void relay(Reader.Polled polled) {
        switch (polled.record()) {
            case Packet packet -> packet(packet, Requests.position(polled));
            case Request request ->
                    perform(on(new OwnerInput.ControlRead(requests.control(request, polled))));
            default -> throw new IllegalStateException(polled.toString());
        }
    }

    private void packet(Packet packet, InputPosition position) {
        var answer = mistakes.asHeard(Translation.freezeAnswer(packet));
        var event = mistakes.asCaptured(packet.event());
        List<OwnerEffect> effects = on(new OwnerInput.Captured(event, position, answer));
        perform(effects);
        while (world.is(Sabotage.EVENTS_NOT_TOLD_APART) && Mistakes.isRepeated(effects)) {
            event = Mistakes.next(event);
            effects = on(new OwnerInput.Captured(event, position, answer));
            perform(effects);
        }
    }

    boolean hasWaiting() {
        return owner.hasUnsettled()
                || log().lab(World.LAB).nextDueMicros(CodeAnswers.NONE) < Long.MAX_VALUE;
    }

    boolean isAtEndOfInput() {
        return input.position(world.topics().packets()) == world.topics().packets().end()
                && input.position(world.topics().control()) == world.topics().control().end();
    }

    // Its end.

    private void end() {
        over = true;
        if (tenure.state() == Tenure.State.STOPPED) {
            outlet.whenAcknowledged(this::ended);
        } else {
            ended();
        }
    }

    private void ended() {
        close();
        onEnd.run();
    }

    /** A record could not be sent, and this does not mind. */
    void goOnAfterFailure() {
        outlet.goOnAfterFailure();
    }

    void close() {
        closed = true;
        outlet.close();
        if (watcher != null) {
            watcher.close();
        }
    }

    List<String> unfinished() {
        List<String> unfinished = new ArrayList<>();
        if (!outlet.hasSentAll()) {
            unfinished.add(id + " has records to send");
        }
        if (isRelaying() && !isAtEndOfInput()) {
            unfinished.add(id + " has input to take");
        }
        return unfinished;
    }
}
