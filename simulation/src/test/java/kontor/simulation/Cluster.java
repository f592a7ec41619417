package kontor.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.simulation.adapter.AdapterProcess;
import kontor.simulation.broker.Broker;
import kontor.simulation.game.Game;
import kontor.simulation.game.Site;
import kontor.simulation.invariant.AllStandStill;
import kontor.simulation.invariant.AppliedOnce;
import kontor.simulation.invariant.CheckpointsHold;
import kontor.simulation.invariant.EquationHolds;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.invariant.FencedOut;
import kontor.simulation.invariant.GamesGoOn;
import kontor.simulation.invariant.ImpairedAsTheSeedSays;
import kontor.simulation.invariant.InjectedBetweenMessages;
import kontor.simulation.invariant.Invariant;
import kontor.simulation.invariant.JournalIsTheLog;
import kontor.simulation.invariant.NothingLost;
import kontor.simulation.invariant.NothingReordered;
import kontor.simulation.invariant.OneOrder;
import kontor.simulation.invariant.ReceiptsComplete;
import kontor.simulation.invariant.ReleaseIsLast;
import kontor.simulation.invariant.ReloadsEnd;
import kontor.simulation.invariant.Settles;
import kontor.simulation.invariant.Violation;
import kontor.simulation.invariant.WindowHeld;
import kontor.simulation.journal.Tables;
import kontor.simulation.orchestrator.OrchestratorProcess;
import kontor.simulation.reload.Launcher;
import kontor.simulation.time.Chance;
import kontor.simulation.time.Life;
import kontor.simulation.time.Timeline;
import kontor.simulation.time.Trace;
import kontor.simulation.world.Request;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.Topics;
import kontor.simulation.world.Weather;
import kontor.simulation.world.World;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster, from its first start through a storm of faults to rest. Everything in it follows
 * from the seed.
 */
final class Cluster {

    /** In the order in which they are asked: what lies at the bottom of others first. */
    static final List<Invariant> INVARIANTS =
            List.of(
                    new Settles(),
                    new OneOrder(),
                    new EquationHolds(),
                    new NothingLost(),
                    new AppliedOnce(),
                    new FencedOut(),
                    new NothingReordered(),
                    new JournalIsTheLog(),
                    new ReceiptsComplete(),
                    new CheckpointsHold(),
                    new ReleaseIsLast(),
                    new ReloadsEnd(),
                    new AllStandStill(),
                    new GamesGoOn(),
                    new WindowHeld(),
                    new InjectedBetweenMessages(),
                    new ImpairedAsTheSeedSays());

    /** The name of a rule that acts {@link #LIMIT} times. */
    static final String LIMITED = "limited";

    static final int LIMIT = 3;

    private static final String LIMITED_RULE =
            """
            - rule: %s
              order: -1
              protocol: udp
              limit: %d
              do: {tag: seen}
            """
                    .formatted(LIMITED, LIMIT);

    private static final long MOST_STEPS = 500_000;

    /** Longer than all deadlines of a reload, by clocks that are wrong. */
    private static final long PATIENCE = 10_000_000;

    /** Longer than anything that somebody waits for. */
    private static final long LONGEST_CALM = 60_000_000;

    private final World world;
    private final Evidence evidence;
    private final Tables tables = new Tables();

    private final List<Game> games = new ArrayList<>();
    private final List<AdapterProcess> adapters = new ArrayList<>();
    private final List<OrchestratorProcess> orchestrators = new ArrayList<>();
    private final Faults faults;
    private final Launcher launcher;
    private final Life people = new Life("people");
    private final boolean hasRules;
    private final long asksEvery;
    private final Injector injector;
    private boolean limits;
    private boolean fickle;
    private int requests;

    Cluster(long seed, Sabotage sabotage) {
        this(seed, sabotage, EnumSet.allOf(Fault.class));
    }

    /**
     * @param possible what can go wrong
     */
    Cluster(long seed, Sabotage sabotage, Set<Fault> possible) {
        Chance chance = new Chance(seed);
        Weather weather = Weather.of(chance);
        Trace trace = new Trace();
        Timeline timeline = new Timeline(trace);
        Broker broker = new Broker(timeline, chance, weather.latency());
        Topics topics = new Topics(broker);
        world = new World(timeline, chance, trace, broker, topics, weather, sabotage);
        Game.Ledger calls = new Game.Ledger();
        evidence = new Evidence(topics, tables, calls);
        for (int number = 1; number <= weather.games(); number++) {
            Site site = Site.of(number, weather.games());
            Game game = new Game(site, weather.habits(), timeline, chance, trace, calls);
            games.add(game);
            evidence.plays(game);
            AdapterProcess adapter = new AdapterProcess(site, game, world, evidence);
            adapters.add(adapter);
            evidence.unfinished(() ->
                    adapter.isSpoolEmpty()
                            ? List.of()
                            : List.of(adapter.name() + " has events to publish"));
        }
        for (String name : List.of("orchestrator-a", "orchestrator-b")) {
            orchestrators.add(new OrchestratorProcess(name, world, evidence, tables));
        }
        evidence.unfinished(this::unfinished);
        hasRules = chance.oneIn(3);
        asksEvery = hasRules ? chance.between(20_000, 100_000) : weather.requestsEvery();
        faults = new Faults(world, possible, games, adapters, orchestrators, tables);
        injector = new Injector(seed, world, evidence, people, games.size());
        launcher = new Launcher(world, orchestrators, faults::onPhase);
    }

    /** Somebody injects all the time. */
    Cluster injecting() {
        injector.often();
        return this;
    }

    /** A rule of limited use holds from the beginning on, too. */
    Cluster limiting() {
        limits = true;
        return this;
    }

    /** A rule in Java holds from the beginning on, too, whose code never says the same twice. */
    Cluster fickle() {
        fickle = true;
        return this;
    }

    /** Lives through it all. */
    Outcome run() {
        Set<String> violated = new TreeSet<>();
        try {
            storm();
            calm();
        } catch (Violation e) {
            violated(e, violated);
        } catch (RuntimeException e) {
            violated.add(e.toString());
            world.note("FAILURE", e.toString(), List.of(e.getStackTrace()));
        }
        if (violated.isEmpty()) {
            INVARIANTS.forEach(invariant -> check(invariant, violated));
        }
        return new Outcome(violated, world, faults.counts());
    }

    private void check(Invariant invariant, Set<String> violated) {
        try {
            invariant.check(evidence);
        } catch (Violation e) {
            violated(e, violated);
        }
    }

    private void violated(Violation violation, Set<String> violated) {
        violated.add(violation.invariant());
        world.note("VIOLATION", String.valueOf(violation.getMessage()), null);
    }

    /**
     * How a run ended.
     *
     * @param violated the names of the invariants that do not hold
     */
    record Outcome(Set<String> violated, World world, Map<Fault, Integer> faults) {

        boolean isGood() {
            return violated.isEmpty();
        }

        long events() {
            return world.topics().packets().end();
        }
    }

    private void storm() {
        Timeline timeline = world.timeline();
        for (int i = 0; i < games.size(); i++) {
            AdapterProcess adapter = adapters.get(i);
            games.get(i).start(adapter);
            timeline.in(world.chance().around(3_000), people, adapter::start);
        }
        timeline.in(
                world.chance().around(3_000),
                people,
                () -> orchestrators.getFirst().start(world.chance().oneIn(4)));
        launcher.start();
        faults.start();
        ask();
        injector.start();
        if (limits || fickle) {
            setRules();
        }
        while (timeline.now() < world.weather().storm()) {
            timeline.step();
        }
    }

    private void ask() {
        world.timeline()
                .idlyIn(
                        world.chance().around(asksEvery),
                        people,
                        () -> {
                            if (world.broker().isUp()) {
                                request();
                            }
                            ask();
                        });
    }

    private void request() {
        if (hasRules && world.chance().oneIn(3)) {
            setRules();
            return;
        }
        if (hasRules && world.chance().oneIn(2)) {
            decideHeld();
            return;
        }
        @Nullable SessionId running = latestSession();
        if (running != null && world.chance().oneIn(2)) {
            world.broker().append(world.topics().control(), new Request.EndSession(running));
        } else {
            SessionId wanted = new SessionId(new UUID(1_000, ++requests));
            evidence.wanted(wanted);
            world.broker().append(world.topics().control(), new Request.StartSession(wanted));
        }
    }

    private void setRules() {
        String rules = (limits ? LIMITED_RULE : "") + rules(++requests);
        world.broker().append(world.topics().control(), new Request.SetRules(rules, fickle));
    }

    /** On what was seen to wait last; it may wait no longer. */
    private void decideHeld() {
        List<LogRecord> records = world.topics().log().records();
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i) instanceof LogRecord.Entry(SessionEvent event)
                    && !event.rules().waits().isEmpty()) {
                // A game notices what is missing in a stream.
                boolean mayDrop =
                        event.what() instanceof SessionEvent.What.Adapter told
                                && told.event().what() instanceof Happening.Datagram;
                world.broker()
                        .append(
                                world.topics().control(),
                                new Request.DecideHeld(
                                        event.rules().waits().getFirst().number(),
                                        world.chance().oneIn(3) && mayDrop,
                                        world.chance().oneIn(3)));
                return;
            }
        }
    }

    /**
     * Rules whose marks the games do not look at, of a version that is told from others by what it
     * does; streams are cut for them too.
     */
    private static String rules(int version) {
        return """
        - rule: marked
          protocol: udp
          when: frame.len > 12
          do: {patch: -1, bytes: '%02x'}
        - rule: lost
          protocol: udp
          do: {impair: {loss: 10 %%, seed: %d}}
        - rule: slow
          protocol: udp
          from: game1
          when: frame.len > 18
          do: {impair: {delay: 6 ms, jitter: 4 ms, rate: 1 kB/s, queue: 30 ms, seed: %d}}
        - rule: breakpoint
          protocol: udp
          from: game2
          when: frame.len > 20
          do: {hold: 40 ms, freeze: %s}
        - rule: stream breakpoint
          protocol: tcp
          when: frame.len > 30
          do: {hold: 15 ms}
        - rule: cut
          protocol: tcp
          when: dplay.command == 0x16
          do: drop
        """
                .formatted(version & 0xFF, version, version, version % 4 == 3);
    }

    /** Only those that have been seen can be ended. */
    private @Nullable SessionId latestSession() {
        List<LogRecord> records = world.topics().log().records();
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i) instanceof LogRecord.Entry(SessionEvent event)
                    && event.session() != null) {
                return event.session();
            }
        }
        return null;
    }

    private void calm() {
        world.note("CALM", "faults stop, the games finish", null);
        people.end(world.timeline());
        faults.stop();
        games.forEach(Game::finish);
        while (somethingIsStarted() || world.timeline().isAnythingDue()) {
            world.timeline().step();
            if (world.timeline().steps() > MOST_STEPS
                    || world.timeline().now() > world.weather().storm() + LONGEST_CALM) {
                throw new Violation(
                        games.stream().anyMatch(Game::isFrozen) ? GamesGoOn.class : Settles.class,
                        "it goes on and on");
            }
        }
    }

    /** As a person would who looks after it: what has ended is started, if nothing else does. */
    private boolean somethingIsStarted() {
        // What such a game has still to do is due, and never happens.
        adapters.stream()
                .filter(AdapterProcess::hasLeftItsGameFrozen)
                .forEach(AdapterProcess::start);
        if (world.timeline().isAnythingDue()) {
            return false;
        }
        boolean started = false;
        for (AdapterProcess adapter : adapters) {
            if (!adapter.isRunning()) {
                adapter.start();
                started = true;
            }
        }
        if (orchestrators.stream().noneMatch(OrchestratorProcess::isRunning)) {
            orchestrators.getFirst().start(false);
            started = true;
        }
        // A standby takes over by itself, in time, and a reload has deadlines.
        started |= orchestrators.stream().noneMatch(OrchestratorProcess::isOwning);
        boolean patient = world.timeline().now() < world.weather().storm() + PATIENCE;
        boolean waits = orchestrators.stream().anyMatch(OrchestratorProcess::hasWaiting);
        return started || (patient && (waits || !launcher.unanswered().isEmpty()));
    }

    private List<String> unfinished() {
        List<String> unfinished = new ArrayList<>();
        long epoch =
                world.topics().log().records().stream().mapToLong(LogRecord::epoch).max().orElse(0);
        long relaying = orchestrators.stream().filter(o -> o.isRelaying(epoch)).count();
        if (relaying != 1) {
            unfinished.add(relaying + " owners relay with epoch " + epoch);
        }
        for (OrchestratorProcess orchestrator : orchestrators) {
            if (orchestrator.isRelaying(epoch)) {
                unfinished.addAll(orchestrator.unfinished());
            }
        }
        if (!tables.isAt(world.topics().log().end(), world.topics().receipts().end())) {
            unfinished.add("the journal has records to take");
        }
        return unfinished;
    }
}
