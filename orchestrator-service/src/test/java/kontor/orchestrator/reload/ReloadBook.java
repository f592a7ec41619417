package kontor.orchestrator.reload;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/** One coordinator, a log that gives back what was written, and a clock that is moved by hand. */
final class ReloadBook {

    static final LabName LAB = new LabName("lab");
    static final InstanceName GAME1 = new InstanceName("game1");
    static final InstanceName GAME2 = new InstanceName("game2");
    static final Map<InstanceName, RunId> RUNS = Map.of(GAME1, run(1), GAME2, run(2));
    static final ProcessId OLD = new ProcessId("old");
    static final ProcessId NEW = new ProcessId("new");
    static final PhaseLimits LIMITS =
            new PhaseLimits(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5));

    private final List<Effect> effects = new ArrayList<>();
    private final List<ReloadStatus> written = new ArrayList<>();
    private final List<Input> log = new ArrayList<>();
    private ReloadCoordinator coordinator;
    private long now = 1_000_000_000;

    ReloadBook() {
        coordinator = owner(OLD, 1);
    }

    static ReloadId reload(int number) {
        return new ReloadId(new UUID(0, number));
    }

    static RunId runOf(InstanceName game) {
        return requireNonNull(RUNS.get(game));
    }

    private static RunId run(int number) {
        return new RunId(new UUID(1, number));
    }

    private static ReloadCoordinator owner(ProcessId process, long epoch) {
        return new ReloadCoordinator(
                process, epoch, LIMITS, lab -> lab.equals(LAB) ? RUNS : Map.of());
    }

    /** The owner's sign of life, without which it decides nothing. */
    ReloadBook ownerSpeaks(ProcessId process, long epoch) {
        return hears(
                new Input.ProcessHeard(
                        process, Service.ORCHESTRATOR.word(), ProcessState.READY, epoch));
    }

    /** The coordinator is gone; another reads all that the log has. */
    ReloadBook successor(ProcessId process, long epoch) {
        coordinator = owner(process, epoch);
        for (Input input : List.copyOf(log)) {
            perform(coordinator.on(input, now));
        }
        return ownerSpeaks(process, epoch);
    }

    ReloadBook wants(int reload, Service service, boolean freeze) {
        return hears(new Input.Wanted(LAB, reload(reload), service.word(), freeze));
    }

    ReloadBook freezesByHand(int freeze, Duration atMost) {
        return hears(new Input.FreezeWanted(LAB, reload(freeze), now + atMost.toNanos() / 1000));
    }

    ReloadBook thawsByHand(int freeze) {
        return hears(new Input.ThawWanted(LAB, reload(freeze)));
    }

    ReloadBook speaks(ProcessId process, Service service, ProcessState state) {
        return hears(new Input.ProcessHeard(process, service.word(), state, 0));
    }

    /** A process that is ready, one of whose readers of logs stands still. */
    ReloadBook standsStill(ProcessId process, Service service, String what) {
        return hears(new Input.ProcessHeard(process, service.word(), ProcessState.READY, 0, what));
    }

    ReloadBook answers(InstanceName game, int reload, FreezeAnswer answer, String detail) {
        perform(
                coordinator.on(
                        new Input.FreezeAnswered(
                                LAB, game, runOf(game), reload(reload).toString(), answer, detail),
                        now));
        return this;
    }

    ReloadBook bothAnswer(int reload, FreezeAnswer answer) {
        return answers(GAME1, reload, answer, "").answers(GAME2, reload, answer, "");
    }

    ReloadBook adapterSays(InstanceName game, String freezeId) {
        return hears(new Input.AdapterHeard(LAB, game, runOf(game), freezeId, now));
    }

    ReloadBook continuity(int reload, boolean clean, String summary) {
        return hears(new Input.ContinuityHeard(LAB, reload(reload), clean, summary));
    }

    /** The gateway says that it waits for the journal. */
    ReloadBook awaitsTheJournal(int reload) {
        return hears(new Input.ContinuityAwaited(LAB, reload(reload), now));
    }

    ReloadBook after(Duration time) {
        now += time.toNanos() / 1000;
        perform(coordinator.on(new Input.Tick(), now));
        return this;
    }

    /** A record of the control topic. */
    ReloadBook hears(Input input) {
        log.add(input);
        perform(coordinator.on(input, now));
        return this;
    }

    private void perform(List<Effect> first) {
        Deque<Effect> todo = new ArrayDeque<>(first);
        while (!todo.isEmpty()) {
            Effect effect = todo.removeFirst();
            effects.add(effect);
            if (effect instanceof Effect.Write write) {
                written.add(write.status());
                Input record = new Input.Recorded(write.lab(), write.status());
                log.add(record);
                todo.addAll(coordinator.on(record, now));
            }
        }
    }

    /** All that was written about a reload. */
    List<Phase> phases(int reload) {
        return written.stream()
                .filter(status -> status.id().equals(reload(reload)))
                .map(ReloadStatus::phase)
                .toList();
    }

    ReloadStatus last() {
        return written.getLast();
    }

    /** Commands and hand-overs since the last call. */
    List<Effect> takeCommands() {
        List<Effect> taken =
                effects.stream().filter(effect -> !(effect instanceof Effect.Write)).toList();
        effects.clear();
        return taken;
    }

    static Effect thaw(InstanceName game, int reload) {
        return new Effect.Thaw(LAB, game, runOf(game), reload(reload));
    }

    static Effect freeze(InstanceName game, int reload, int atMostMillis) {
        return new Effect.Freeze(LAB, game, runOf(game), reload(reload), atMostMillis);
    }
}
