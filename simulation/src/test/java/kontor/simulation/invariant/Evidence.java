package kontor.simulation.invariant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kontor.simulation.game.Call;
import kontor.simulation.game.Game;
import kontor.simulation.journal.Tables;
import kontor.simulation.world.Topics;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** What somebody who sees everything has written down, beside the topics and the tables. */
public final class Evidence {

    private final Topics topics;
    private final Tables tables;
    private final Game.Ledger calls;
    private final Map<RunId, RunEvidence> runs = new LinkedHashMap<>();
    private final Map<FlowReference, Call> named = new HashMap<>();
    private final List<SessionId> wanted = new ArrayList<>();
    private final List<Game> games = new ArrayList<>();
    private final List<Supplier<List<String>>> unfinished = new ArrayList<>();
    private final List<FencedOut.TakenOver> takeovers = new ArrayList<>();
    private @Nullable Truth truth;

    public Evidence(Topics topics, Tables tables, Game.Ledger calls) {
        this.topics = topics;
        this.tables = tables;
        this.calls = calls;
    }

    public RunEvidence run(RunId run, InstanceName instance) {
        return runs.computeIfAbsent(run, id -> new RunEvidence(id, instance));
    }

    /**
     * A coordinator believes that the games of these runs stand still, held by this freeze.
     *
     * @throws Violation if one never has
     */
    public void believedFrozen(String freezeId, Collection<RunId> live) {
        for (RunId run : live) {
            RunEvidence of = runs.get(run);
            if (of == null || !of.hasFrozen(freezeId)) {
                throw new Violation(
                        AllStandStill.class, "the game of run %s never stood still".formatted(run));
            }
        }
    }

    /** An owner has taken over, and the broker has all that it sent for that. */
    public void tookOver(long epoch, Collection<InstanceName> known) {
        Map<InstanceName, Integer> ends = new LinkedHashMap<>();
        known.forEach(instance -> ends.put(instance, topics.commands(instance).end()));
        takeovers.add(new FencedOut.TakenOver(epoch, ends));
    }

    List<FencedOut.TakenOver> takeovers() {
        return takeovers;
    }

    /** An adapter gave a call its flow reference. */
    public void named(FlowReference flow, Call call) {
        named.put(flow, call);
    }

    public Call callOf(FlowReference flow) {
        Call call = named.get(flow);
        if (call == null) {
            throw new Violation(AppliedOnce.class, "nobody opened " + flow);
        }
        return call;
    }

    @Nullable Call knownCallOf(FlowReference flow) {
        return named.get(flow);
    }

    /** One of those who play. */
    public void plays(Game game) {
        games.add(game);
    }

    List<Game> games() {
        return games;
    }

    /** Somebody asked for a session. */
    public void wanted(SessionId session) {
        wanted.add(session);
    }

    /**
     * Asks later whether a part still has something to do.
     *
     * @param what it has to do, for a person; empty: nothing
     */
    public void unfinished(Supplier<List<String>> what) {
        unfinished.add(what);
    }

    Topics topics() {
        return topics;
    }

    Tables tables() {
        return tables;
    }

    List<Call> calls() {
        return calls.calls();
    }

    Collection<RunEvidence> runs() {
        return runs.values();
    }

    List<SessionId> wanted() {
        return wanted;
    }

    List<String> unfinished() {
        return unfinished.stream().flatMap(part -> part.get().stream()).toList();
    }

    /** What the session log says, as a reader takes it who knows nothing but the rules. */
    Truth truth() {
        Truth read = truth;
        if (read == null) {
            read = Truth.of(topics.log().records());
            truth = read;
        }
        return read;
    }
}
