package kontor.orchestrator.ownership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.rules.RuleFile;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A broker, adapters and an orchestrator that can die between any two records it sends, in one
 * thread. What was sent last may be lost, in each topic for itself, as many records as may be in
 * flight.
 */
public final class CrashingLab {

    /** Of a {@code SendWindow}, and as many as a new owner goes back. */
    private static final int WINDOW = 8;

    private static final String PACKETS = "kontor.packets";
    private static final String CONTROL = "kontor.control";

    private final Random random;
    private final List<AdapterEvent> packets;
    private final Sequencer sequencer = new Sequencer(Duration.ofMillis(1));
    private final List<LogRecord> sessionEvents = new ArrayList<>();
    private final Map<InstanceName, List<Accepted.Told>> commandTopics = new HashMap<>();
    private final Queue<String> inFlight = new ArrayDeque<>();
    private final List<Stored> checkpoints = new ArrayList<>();
    private @Nullable Stored pending;
    private PartitionLog log = new PartitionLog();
    private List<RuleFile> rules = List.of();
    private long nowMicros;
    private long sent;
    private int crashes;
    private int resumptions;

    public CrashingLab(long seed, List<AdapterEvent> packets) {
        this.random = new Random(seed);
        this.packets = packets;
    }

    /**
     * A checkpoint.
     *
     * @param next what is to be folded after it
     * @param sent how many records had been sent
     */
    private record Stored(Checkpoint checkpoint, int next, long sent) {}

    /** An owner was killed. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What a life may meet. */
    public enum Weather {
        CALM,
        CRASHES,
        /** Beside crashes, people start and end sessions, and silences end them. */
        CRASHES_AND_SESSIONS
    }

    /** These rules hold before the first packet. */
    CrashingLab withRules(String text) {
        rules = List.of(new RuleFile("test.yaml", text));
        return this;
    }

    public CrashingLab run(Weather weather) {
        if (!rules.isEmpty()) {
            perform(
                    new Input.RulesWanted(rules, "a test", new InputPosition(CONTROL, 0, 0)),
                    false);
            inFlight.clear();
        }
        while (true) {
            try {
                takeOver();
                relay(weather);
                return this;
            } catch (Killed e) {
                crashes++;
                lose();
            }
        }
    }

    private void takeOver() {
        long zombie = log.epoch();
        int next = recall();
        Queue<List<Command>> last = new ArrayDeque<>();
        for (LogRecord record : sessionEvents.subList(next, sessionEvents.size())) {
            PartitionLog.Outcome outcome = log.fold(record);
            if (record instanceof LogRecord.Entry && outcome.kind() == PartitionLog.Kind.APPLIED) {
                last.add(outcome.commands());
                if (last.size() > WINDOW) {
                    last.remove();
                }
            }
        }
        LogRecord.Claim claim = new LogRecord.Claim("owner" + crashes, log.epoch() + 1, nowMicros);
        sessionEvents.add(claim);
        log.fold(claim);
        inFlight.clear();
        last.forEach(commands -> commands.forEach(this::deliver));
        inFlight.clear();
        if (zombie > 0 && random.nextBoolean()) {
            zombieWrites(zombie);
        }
    }

    /** The newest checkpoint, or an older one that a zombie wrote late, or none. */
    private int recall() {
        pending = null;
        if (checkpoints.isEmpty() || random.nextInt(5) == 0) {
            log = new PartitionLog();
            return 0;
        }
        int late = random.nextInt(3) == 0 ? random.nextInt(checkpoints.size()) : 0;
        Stored stored = checkpoints.get(checkpoints.size() - 1 - late);
        log = PartitionLog.of(stored.checkpoint());
        resumptions++;
        return stored.next();
    }

    /**
     * One is written when all that was sent before is acknowledged, so that none of it can be lost.
     */
    private void checkpoint() {
        if (pending != null && sent >= pending.sent() + WINDOW) {
            checkpoints.add(pending);
            pending = null;
        }
        if (pending == null && random.nextInt(8) == 0) {
            log.checkpoint()
                    .ifPresent(taken -> pending = new Stored(taken, sessionEvents.size(), sent));
        }
    }

    /** A dead owner's last records arrive late. */
    private void zombieWrites(long epoch) {
        for (LogRecord record : List.copyOf(sessionEvents)) {
            if (record instanceof LogRecord.Entry(SessionEvent event) && random.nextInt(50) == 0) {
                sessionEvents.add(
                        new LogRecord.Entry(
                                new SessionEvent(
                                        event.lab(),
                                        event.session(),
                                        event.sequence() + random.nextInt(100),
                                        new Stamp(epoch, nowMicros),
                                        event.input(),
                                        null,
                                        event.verdict(),
                                        "zombie",
                                        List.of(),
                                        event.what())));
            }
        }
    }

    private void relay(Weather weather) {
        long next = log.nextOffset(PACKETS);
        while (next < packets.size()) {
            if (weather == Weather.CRASHES_AND_SESSIONS) {
                meddle();
            }
            AdapterEvent event = packets.get((int) next);
            perform(
                    new Input.Captured(event, new InputPosition(PACKETS, 0, next)),
                    weather != Weather.CALM);
            next++;
        }
    }

    private void meddle() {
        InputPosition position = new InputPosition(CONTROL, 0, 0);
        switch (random.nextInt(20)) {
            case 0 ->
                    perform(
                            new Input.SessionWanted(
                                    new SessionId(new java.util.UUID(9, random.nextLong())),
                                    position),
                            true);
            case 1 ->
                    sessionEvents.stream()
                            .filter(LogRecord.Entry.class::isInstance)
                            .map(r -> ((LogRecord.Entry) r).event().session())
                            .filter(java.util.Objects::nonNull)
                            .reduce((_, later) -> later)
                            .ifPresent(
                                    id -> perform(new Input.SessionEndWanted(id, position), true));
            case 2 -> {
                nowMicros += 10_000;
                perform(new Input.Quiet(), true);
            }
            default -> {}
        }
    }

    private void perform(Input input, boolean mayDie) {
        nowMicros += 10;
        Stamp stamp = new Stamp(log.epoch(), nowMicros);
        var lab = packets.getFirst().lab();
        Decision decision = sequencer.decide(lab, log.lab(lab), input, stamp);
        for (SessionEvent event : decision.events()) {
            sessionEvents.add(new LogRecord.Entry(event));
            sent("log", mayDie);
            PartitionLog.Outcome outcome = log.fold(new LogRecord.Entry(event));
            assertThat(outcome.kind()).isEqualTo(PartitionLog.Kind.APPLIED);
            for (Command command : outcome.commands()) {
                deliver(command);
                sent(command.instance().value(), mayDie);
            }
            checkpoint();
        }
    }

    private void deliver(Command command) {
        commandTopics
                .computeIfAbsent(command.instance(), _ -> new ArrayList<>())
                .add(new Accepted.Told(log.epoch(), command));
    }

    private void sent(String topic, boolean mayDie) {
        inFlight.add(topic);
        sent++;
        if (inFlight.size() > WINDOW) {
            inFlight.remove();
        }
        if (mayDie && random.nextInt(40) == 0) {
            throw new Killed();
        }
    }

    /** Of each topic the last few records in flight never reached the broker. */
    private void lose() {
        Map<String, Integer> unacknowledged = new HashMap<>();
        inFlight.forEach(topic -> unacknowledged.merge(topic, 1, Integer::sum));
        inFlight.clear();
        unacknowledged.forEach((topic, count) -> {
            List<?> records =
                    topic.equals("log")
                            ? sessionEvents
                            : requireNonNull(commandTopics.get(new InstanceName(topic)));
            for (int lost = random.nextInt(count + 1); lost > 0; lost--) {
                records.removeLast();
            }
        });
    }

    int crashes() {
        return crashes;
    }

    /** How often an owner began with a checkpoint. */
    int resumptions() {
        return resumptions;
    }

    /** All that is in the log, void records too. */
    public List<LogRecord> history() {
        return List.copyOf(sessionEvents);
    }

    /** What a reader takes for the truth. */
    List<SessionEvent> truth() {
        return Accepted.truth(sessionEvents);
    }

    /** What each run carries out. */
    Map<RunId, List<Command>> carriedOut() {
        return Accepted.carriedOut(commandTopics.values());
    }
}
