package kontor.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.ReloadId;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.orchestrator.reload.Service;
import kontor.simulation.adapter.AdapterProcess;
import kontor.simulation.broker.Topic;
import kontor.simulation.game.Game;
import kontor.simulation.journal.Tables;
import kontor.simulation.orchestrator.OrchestratorProcess;
import kontor.simulation.time.Chance;
import kontor.simulation.time.Life;
import kontor.simulation.world.Request;
import kontor.simulation.world.Saved;
import kontor.simulation.world.World;

/** Lets things go wrong, and go right again after a while. */
final class Faults {

    private final World world;
    private final Chance chance;
    private final List<Game> games;
    private final List<AdapterProcess> adapters;
    private final List<OrchestratorProcess> orchestrators;
    private final Tables tables;
    private final Life life = new Life("faults");
    private final Map<Fault, Integer> weights = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private boolean armed;
    private int reloads;

    /**
     * @param possible of these, most in each run
     */
    Faults(
            World world,
            Set<Fault> possible,
            List<Game> games,
            List<AdapterProcess> adapters,
            List<OrchestratorProcess> orchestrators,
            Tables tables) {
        this.world = world;
        this.chance = world.chance();
        this.games = games;
        this.adapters = adapters;
        this.orchestrators = orchestrators;
        this.tables = tables;
        int total = 0;
        for (Fault fault : Fault.values()) {
            int drawn = chance.oneIn(3) ? 0 : fault.weight() * chance.between(1, 3);
            int weight = possible.contains(fault) ? drawn : 0;
            weights.put(fault, weight);
            total += weight;
        }
        if (total == 0) {
            weights.put(possible.iterator().next(), 1);
        }
    }

    void start() {
        later(
                world.weather().faultEvery(),
                () -> {
                    strike(draw());
                    start();
                });
    }

    private Fault draw() {
        int left = chance.below(weights.values().stream().mapToInt(Integer::intValue).sum());
        for (Map.Entry<Fault, Integer> fault : weights.entrySet()) {
            left -= fault.getValue();
            if (left < 0) {
                return fault.getKey();
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    /** How often each came. */
    Map<Fault, Integer> counts() {
        return counts;
    }

    private void later(long usual, Runnable step) {
        after(chance.around(usual), step);
    }

    private void after(long micros, Runnable step) {
        world.timeline().idlyIn(micros, life, step);
    }

    private void strike(Fault fault) {
        counts.merge(fault, 1, Integer::sum);
        switch (fault) {
            case ADAPTER_KILLED -> {
                AdapterProcess adapter = chance.of(adapters);
                adapter.crash();
                later(15_000, adapter::start);
            }
            case ADAPTER_STOPPED -> {
                AdapterProcess adapter = chance.of(adapters);
                adapter.stop();
                later(40_000, adapter::start);
            }
            case ADAPTER_PAUSED -> {
                Life paused = chance.of(adapters).life();
                if (paused != null) {
                    world.note(paused.name(), "is paused", null);
                    paused.pause();
                    later(15_000, () -> paused.resume(world.timeline()));
                }
            }
            case ADAPTER_CLIENT_FAILS -> chance.of(adapters).failClient();
            case OWNER_KILLED -> {
                OrchestratorProcess owner = owner();
                if (chance.oneIn(2)) {
                    sayEnded(owner);
                }
                owner.crash();
                long downtime = chance.around(10_000);
                if (chance.oneIn(3)) {
                    after(downtime, () -> replace(other(owner)));
                }
                if (chance.percent(80)) {
                    after(downtime, () -> owner.start(chance.oneIn(3)));
                }
            }
            case OWNER_PAUSED -> {
                OrchestratorProcess owner = owner();
                // Now and then the launcher is mistaken: a standby claims, and a zombie wakes up.
                if (chance.oneIn(3)) {
                    sayEnded(owner);
                }
                owner.pause();
                later(25_000, owner::resume);
                if (chance.percent(60)) {
                    later(5_000, () -> replace(other(owner)));
                }
            }
            case OWNER_CLIENT_FAILS -> owner().failClient();
            case SECOND_OWNER -> replace(other(owner()));
            case STANDBY_STARTED -> other(owner()).start(true);
            case OWNER_STOPPED -> {
                OrchestratorProcess owner = owner();
                owner.stop();
                later(20_000, () -> owner.start(chance.oneIn(3)));
            }
            case RELOAD -> reload();
            case RELOAD_STRUCK -> armed = true;
            case CHECKPOINT_SPOILT -> spoilCheckpoint();
            case BROKER_KILLED -> {
                world.note("broker", "is killed", null);
                world.broker().crash();
                later(10_000, this::startBroker);
            }
            case BROKER_SLOW -> {
                world.broker().slow(chance.between(5, 30));
                later(20_000, () -> world.broker().slow(1));
            }
            case DATABASE_KILLED -> {
                tables.crash();
                later(15_000, tables::start);
            }
            case GAME_PAUSED -> {
                Game game = chance.of(games);
                world.note(game.name(), "is paused", null);
                game.suspend();
                later(20_000, game::resume);
            }
        }
    }

    /** A moment later: the parent of the process notices first. */
    private void sayEnded(OrchestratorProcess owner) {
        Request ended = new Request.Ended(owner.id());
        later(
                1_000,
                () -> {
                    if (world.broker().isUp()) {
                        world.note("launcher", "says that it has ended", ended);
                        world.broker().append(world.topics().control(), ended);
                    }
                });
    }

    private void reload() {
        if (world.broker().isUp()) {
            ReloadId id = new ReloadId(new UUID(2_000, ++reloads));
            String service = Service.ORCHESTRATOR.word();
            Input wanted = new Input.Wanted(World.LAB, id, service, chance.oneIn(2));
            world.note("people", "want a reload", wanted);
            world.broker()
                    .append(
                            world.topics().control(),
                            new Request.Heard(wanted, world.timeline().now()));
        }
    }

    /** A phase of a reload begins. */
    void onPhase(ReloadStatus status) {
        if (!armed || life.isEnded()) {
            return;
        }
        armed = false;
        OrchestratorProcess struck = chance.of(orchestrators);
        world.note("reload", "is struck in phase", status.phase());
        later(
                1_500,
                () -> {
                    if (chance.oneIn(2)) {
                        struck.crash();
                        later(15_000, () -> struck.start(chance.oneIn(2)));
                    } else {
                        struck.pause();
                        later(60_000, struck::resume);
                    }
                });
    }

    private void spoilCheckpoint() {
        Topic<Saved> state = world.topics().state();
        if (state.end() == 0) {
            return;
        }
        Saved spoilt =
                switch (chance.of(state.records())) {
                    // One of three is as it was: written late, or all that is left.
                    case Saved.Whole whole when !chance.oneIn(3) ->
                            chance.oneIn(2)
                                    ? new Saved.Whole(
                                            whole.checkpoint(),
                                            whole.offset() + chance.between(1, 3))
                                    : new Saved.Unreadable();
                    case Saved found -> found;
                };
        world.note("broker", "has as its newest checkpoint", spoilt);
        world.broker().append(state, spoilt);
    }

    private void startBroker() {
        world.note("broker", "is back", null);
        world.broker().start();
    }

    private OrchestratorProcess owner() {
        for (OrchestratorProcess orchestrator : orchestrators) {
            if (orchestrator.isOwning()) {
                return orchestrator;
            }
        }
        return orchestrators.getFirst();
    }

    private OrchestratorProcess other(OrchestratorProcess than) {
        return orchestrators.get((orchestrators.indexOf(than) + 1) % orchestrators.size());
    }

    /** One that stands by is started anew, and takes over. */
    private static void replace(OrchestratorProcess orchestrator) {
        if (!orchestrator.isOwning()) {
            orchestrator.crash();
        }
        orchestrator.start(false);
    }

    /** Everything that was stopped goes on, everything that was killed is started. */
    void stop() {
        life.end(world.timeline());
        startBroker();
        world.broker().slow(1);
        tables.start();
        games.forEach(Game::resume);
        for (AdapterProcess adapter : adapters) {
            Life paused = adapter.life();
            if (paused != null) {
                paused.resume(world.timeline());
            }
            adapter.start();
        }
        orchestrators.forEach(OrchestratorProcess::resume);
    }
}
