package kontor.orchestrator.reload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.reload.StandInGame.Told;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Reloads in a lab whose orchestrator dies, sleeps and wakes up late between any two steps: the
 * control topic, games with their adapters, owners, and a parent that starts processes. All of it
 * in one thread, in an order that follows from the seed, in virtual time.
 */
final class CrashingReload {

    private static final int STORM = 3_000;
    private static final int CALM = 40_000;
    private static final long HOUR = 3_600_000_000L;

    private static final List<Service> SERVICES = List.of(Service.values());

    private final Random random;
    private final List<Input> control = new ArrayList<>();
    private final List<Input> events = new ArrayList<>();
    private final CountedRecords counted = new CountedRecords();
    private final Map<InstanceName, StandInGame> games;
    private final Set<ProcessId> standbys = new HashSet<>();
    private final Set<ReloadId> served = new HashSet<>();
    private final List<Owner> zombies = new ArrayList<>();
    private final List<ReloadId> wanted = new ArrayList<>();
    private @Nullable Owner owner;
    private int eventsHad;
    private int processes;
    private long claimed;
    private long now = HOUR;
    int crashes;
    int late;

    /** One orchestrator between its claim and its end. */
    private final class Owner {

        final ProcessId process;
        final long epoch = ++claimed;
        final ReloadCoordinator coordinator;
        final Queue<Effect> todo = new ArrayDeque<>();
        int controlHad;

        Owner(ProcessId process) {
            this.process = process;
            standbys.remove(process);
            coordinator =
                    new ReloadCoordinator(
                            process, epoch, ReloadBook.LIMITS, lab -> ReloadBook.RUNS);
            games.values().forEach(game -> game.commands.add(new Told(epoch, null)));
            speak();
        }

        void speak() {
            append(
                    new Input.ProcessHeard(
                            process, Service.ORCHESTRATOR.word(), ProcessState.READY, epoch));
        }

        void step() {
            if (!todo.isEmpty()) {
                perform(todo.remove());
            } else if (controlHad < control.size()) {
                todo.addAll(coordinator.on(control.get(controlHad++), now));
            } else if (owner == this && eventsHad < events.size()) {
                todo.addAll(coordinator.on(events.get(eventsHad++), now));
            } else {
                todo.addAll(coordinator.on(new Input.Tick(), now));
            }
        }

        private void perform(Effect effect) {
            switch (effect) {
                case Effect.Write write -> {
                    Input record = new Input.Recorded(write.lab(), write.status());
                    boolean owns = epoch == counted.epoch();
                    boolean counts = append(record);
                    // What an owner decides is never in vain, what a zombie does always is.
                    assertThat(counts).as("%s of epoch %s", record, epoch).isEqualTo(owns);
                    late += owns ? 0 : 1;
                }
                case Effect.Freeze freeze -> tell(freeze.instance(), freeze);
                case Effect.Thaw thaw -> tell(thaw.instance(), thaw);
                case Effect.HandOver handOver -> {
                    todo.clear();
                    if (owner == this) {
                        boolean there = standbys.contains(handOver.successor());
                        owner = new Owner(there ? handOver.successor() : process);
                    }
                }
            }
        }

        private void tell(InstanceName instance, Effect effect) {
            requireNonNull(games.get(instance)).commands.add(new Told(epoch, effect));
        }
    }

    CrashingReload(long seed) {
        random = new Random(seed);
        games =
                Map.of(
                        ReloadBook.GAME1, game(ReloadBook.GAME1),
                        ReloadBook.GAME2, game(ReloadBook.GAME2));
    }

    private static StandInGame game(InstanceName name) {
        return new StandInGame(name, ReloadBook.runOf(name));
    }

    /** Through a storm, and on until all is quiet. */
    CrashingReload run() {
        owner = new Owner(newProcess());
        for (int step = 0; step < STORM; step++) {
            if (random.nextInt(40) == 0) {
                storm();
            }
            step();
        }
        zombies.forEach(zombie -> zombie.todo.clear());
        zombies.clear();
        for (int step = 0; step < CALM && !isQuiet(); step++) {
            step();
        }
        return this;
    }

    private void storm() {
        switch (random.nextInt(6)) {
            case 0, 1 -> want();
            case 2 -> {
                if (owner != null) {
                    crashes++;
                    // Half of them are not dead but asleep.
                    if (random.nextBoolean()) {
                        zombies.add(owner);
                    }
                    owner = null;
                }
            }
            case 3 -> standbys.clear();
            case 4 -> {
                Input again = control.get(Math.max(0, control.size() - 1 - random.nextInt(5)));
                append(again);
            }
            case 5 -> now += 1_000_000L * random.nextInt(20);
            default -> throw new IllegalStateException();
        }
    }

    private void step() {
        now += 1_000L * random.nextInt(100);
        if (owner == null && random.nextInt(20) == 0) {
            boolean standby = !standbys.isEmpty() && random.nextBoolean();
            owner = new Owner(standby ? standbys.iterator().next() : newProcess());
        }
        for (StandInGame game : games.values()) {
            @Nullable Input said = game.carryOut(random, now);
            @Nullable Input late = game.lookAtTheTime(now);
            if (said != null) {
                events.add(said);
            }
            if (late != null) {
                events.add(late);
            }
            if (random.nextInt(20) == 0) {
                append(game.status(now));
            }
        }
        if (owner != null) {
            if (random.nextInt(20) == 0) {
                owner.speak();
            }
            for (int i = random.nextInt(4); i > 0 && owner != null; i--) {
                owner.step();
            }
        }
        if (!zombies.isEmpty() && random.nextInt(10) == 0) {
            zombies.get(random.nextInt(zombies.size())).step();
        }
        startWhatIsWaitedFor();
    }

    private void want() {
        ReloadId id = new ReloadId(new UUID(random.nextLong(), random.nextLong()));
        wanted.add(id);
        String[] services = {
            Service.ORCHESTRATOR.word(), Service.ANALYSIS.word(), Service.GATEWAY.word(), "nonsense"
        };
        append(
                new Input.Wanted(
                        ReloadBook.LAB, id, services[random.nextInt(4)], random.nextBoolean()));
    }

    /** The launcher: most of the time it starts what a reload waits for; the gateway answers. */
    private void startWhatIsWaitedFor() {
        @Nullable ReloadId id = counted.running();
        if (id == null || random.nextInt(15) != 0) {
            return;
        }
        if (counted.phase(id) == Phase.VERIFYING) {
            append(
                    random.nextInt(3) == 0
                            ? new Input.ContinuityAwaited(ReloadBook.LAB, id, now)
                            : new Input.ContinuityHeard(
                                    ReloadBook.LAB, id, random.nextBoolean(), "looked"));
        } else if (counted.phase(id) == Phase.RESTARTING && served.add(id)) {
            ProcessId process = newProcess();
            standbys.add(process);
            Service service = SERVICES.get(random.nextInt(SERVICES.size()));
            boolean orchestrator = service == Service.ORCHESTRATOR;
            append(
                    new Input.ProcessHeard(
                            process,
                            service.word(),
                            orchestrator ? ProcessState.STANDBY : ProcessState.READY,
                            0));
        }
    }

    private ProcessId newProcess() {
        return new ProcessId("process " + ++processes);
    }

    private boolean append(Input record) {
        control.add(record);
        boolean counts = counted.read(record);
        if (counts
                && record instanceof Input.Recorded(var _, ReloadStatus status)
                && status.phase() == Phase.RESTARTING
                && status.freeze()) {
            assertThat(games.values()).as("%s", status).allMatch(StandInGame::isFrozen);
        }
        return counts;
    }

    private boolean isQuiet() {
        return owner != null
                && unanswered().isEmpty()
                && counted.running() == null
                && games.values().stream().noneMatch(StandInGame::isFrozen);
    }

    /** Reloads that were asked for and have neither completed nor failed. */
    List<ReloadId> unanswered() {
        return wanted.stream()
                .filter(id -> {
                    @Nullable Phase phase = counted.phase(id);
                    return phase != Phase.COMPLETED && phase != Phase.FAILED;
                })
                .toList();
    }

    List<StandInGame> frozen() {
        return games.values().stream().filter(StandInGame::isFrozen).toList();
    }

    List<Input> control() {
        return control;
    }
}
