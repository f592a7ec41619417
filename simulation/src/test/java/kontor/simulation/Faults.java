package kontor.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import kontor.simulation.adapter.AdapterProcess;
import kontor.simulation.game.Game;
import kontor.simulation.journal.Tables;
import kontor.simulation.orchestrator.OrchestratorProcess;
import kontor.simulation.time.Chance;
import kontor.simulation.time.Life;
import kontor.simulation.world.Request;
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

    Faults(
            World world,
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
            int weight = chance.oneIn(3) ? 0 : fault.weight() * chance.between(1, 3);
            weights.put(fault, weight);
            total += weight;
        }
        if (total == 0) {
            weights.put(Fault.OWNER_KILLED, 1);
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
                    pause(paused, 15_000);
                }
            }
            case ADAPTER_CLIENT_FAILS -> chance.of(adapters).failClient();
            case OWNER_KILLED -> {
                OrchestratorProcess owner = owner();
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
                owner.pause();
                later(25_000, owner::resume);
                if (chance.percent(60)) {
                    later(5_000, () -> replace(other(owner)));
                }
            }
            case OWNER_CLIENT_FAILS -> owner().failClient();
            case SECOND_OWNER -> replace(other(owner()));
            case STANDBY_STARTED -> other(owner()).start(true);
            case HAND_OVER -> {
                OrchestratorProcess successor = other(owner());
                successor.start(true);
                long until = world.timeline().now() + chance.around(30_000);
                later(6_000, () -> handOver(successor.id(), until));
            }
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
            case GAME_PAUSED -> pause(chance.of(games).life(), 20_000);
        }
    }

    private void handOver(String successor, long until) {
        if (world.broker().isUp()) {
            world.note("people", "want a hand-over to", successor);
            world.broker().append(world.topics().control(), new Request.HandOver(successor, until));
        }
    }

    private void startBroker() {
        world.note("broker", "is back", null);
        world.broker().start();
    }

    private void pause(Life paused, long usual) {
        world.note(paused.name(), "is paused", null);
        paused.pause();
        later(usual, () -> paused.resume(world.timeline()));
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
        games.forEach(game -> game.life().resume(world.timeline()));
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
