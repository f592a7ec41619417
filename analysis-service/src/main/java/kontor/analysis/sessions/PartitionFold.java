package kontor.analysis.sessions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.analysis.analyzer.AnalyzerRegistry;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.user.Samples;
import kontor.analysis.user.UserAnalyzers;
import kontor.log.OwnerFence;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;

/**
 * One partition of the session log, read from an offset on. Void records and repeats change nothing
 * (ARCHITECTURE, "Ownership"). Not thread-safe.
 */
public final class PartitionFold {

    /** How many ended sessions are known without asking. */
    private static final int ENDED_KEPT = 1000;

    private final AnalyzerRegistry registry;
    private final KnownSessions known;
    private final Map<SessionId, SessionFold> running = new HashMap<>();

    /** What the newest session of each lab that ended here left to the next. */
    private final Map<LabName, Carried> left = new HashMap<>();

    private final Map<SessionId, Boolean> endedLately =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<SessionId, Boolean> eldest) {
                    return size() > ENDED_KEPT;
                }
            };
    private final Samples samples;
    private UserAnalyzers users = UserAnalyzers.none();
    private final OwnerFence fence;

    /**
     * @param epoch the highest known to be claimed before the first record that comes; 0 if none is
     */
    public PartitionFold(AnalyzerRegistry registry, KnownSessions known, long epoch) {
        this(registry, known, epoch, new Samples());
    }

    /**
     * @param epoch the highest that was claimed before the first record that comes
     * @param samples takes the messages that are found
     */
    public PartitionFold(
            AnalyzerRegistry registry, KnownSessions known, long epoch, Samples samples) {
        this.registry = registry;
        this.known = known;
        this.fence = new OwnerFence(epoch);
        this.samples = samples;
    }

    /** Puts other versions of users' analyzers to work, in running sessions and in later ones. */
    public List<Effect> use(UserAnalyzers analyzers) {
        users = analyzers;
        List<Effect> effects = new ArrayList<>();
        running.values().forEach(session -> session.use(analyzers, effects));
        return effects;
    }

    /** The highest epoch known to be claimed so far. */
    public long epoch() {
        return fence.epoch();
    }

    public int runningSessions() {
        return running.size();
    }

    public List<Effect> on(LogRecord entry) {
        List<Effect> effects = new ArrayList<>();
        long before = fence.epoch();
        switch (fence.on(entry.epoch(), entry instanceof LogRecord.Claim)) {
            case VOID -> effects.add(new Effect.Ignored(Effect.Cause.VOID));
            case CURRENT -> onCurrent(entry, effects);
            case UNCLAIMED -> {
                effects.add(new Effect.UnreadClaim(entry.offset(), entry.epoch(), before));
                onCurrent(entry, effects);
            }
        }
        return effects;
    }

    private void onCurrent(LogRecord entry, List<Effect> effects) {
        switch (entry) {
            case LogRecord.Claim _, LogRecord.OfNoSession _ -> {}
            case LogRecord.Event event -> onEvent(event, effects);
        }
    }

    private void onEvent(LogRecord.Event event, List<Effect> effects) {
        SessionId id = event.session();
        SessionFold session = running.get(id);
        if (session == null) {
            if (hasEnded(id)) {
                effects.add(new Effect.Ignored(Effect.Cause.REPEATED));
                return;
            }
            // A lab has one session at a time: whatever the one before still waits for is lost.
            closeAllOf(event.lab(), effects);
            Carried before = before(event);
            session = new SessionFold(id, event.lab(), registry, before, samples, users);
            running.put(id, session);
            effects.add(
                    new Effect.Opened(
                            new OpenSession(
                                    id, event.lab(), event.offset(), fence.epoch(), before)));
        }
        session.on(event.input(), effects);
        if (event.input() instanceof SessionInput.SessionEnded) {
            close(id, effects);
        }
    }

    /** The same when the session is read again after a restart. */
    private Carried before(LogRecord.Event event) {
        return known.begunWith(event.session())
                .or(() -> Optional.ofNullable(left.get(event.lab())))
                .or(() -> known.leftBy(event.lab()))
                .orElseGet(Carried::nothing);
    }

    private boolean hasEnded(SessionId id) {
        if (endedLately.containsKey(id)) {
            return true;
        }
        if (known.hasEnded(id)) {
            endedLately.put(id, true);
            return true;
        }
        return false;
    }

    private void closeAllOf(LabName lab, List<Effect> effects) {
        running.entrySet().stream()
                .filter(entry -> entry.getValue().lab().equals(lab))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(id -> close(id, effects));
    }

    private void close(SessionId id, List<Effect> effects) {
        SessionFold session = running.remove(id);
        endedLately.put(id, true);
        if (session != null) {
            Carried carried = session.left();
            left.put(session.lab(), carried);
            effects.add(new Effect.Closed(id, carried));
        }
    }
}
