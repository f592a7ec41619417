package kontor.gateway.live;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import kontor.gateway.sessions.RunningSessions;

/**
 * The sessions of which something was heard lately, in bounded memory, in which the one that was
 * silent longest makes room. What it forgets is in the database.
 *
 * <p>Thread-safe. Events and results come from one thread; news of a session is told on that
 * thread, after it can be seen.
 */
public final class LiveSessions implements RunningSessions {

    private static final int NO_PARTITION = -1;

    /**
     * What may be kept.
     *
     * @param sessions at once
     * @param entries events and results of all of them; the newest session may have more by itself
     */
    public record Bounds(int sessions, int entries) {}

    private record Held(LiveSession session, int partition) {}

    private final Bounds bounds;
    private final LiveSession.Capacity capacity;
    private final Consumer<UUID> news;
    private final Map<UUID, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param bounds of all sessions
     * @param capacity per session
     * @param news receives every session that has something new
     */
    public LiveSessions(Bounds bounds, LiveSession.Capacity capacity, Consumer<UUID> news) {
        this.bounds = bounds;
        this.capacity = capacity;
        this.news = news;
    }

    /**
     * @param partition of the log that the event stands in
     * @param listening whether all that was said from now on is heard: then a session that starts
     *     here is known from its beginning
     */
    public void onEvent(UUID id, String lab, int partition, boolean listening, HeardEvent event) {
        boolean beginning = listening && event.summary().sequence() == 1;
        LiveSession session = hold(id, lab, partition, beginning);
        if (beginning && session.lastSequence() == 0) {
            session.beginsNow();
        }
        int before = session.kept();
        if (session.onEvent(event)) {
            makeRoom(before, session);
            news.accept(id);
        }
    }

    /** A result of a session that may be unknown here, as nothing happens in it any more. */
    public void onResult(UUID id, String lab, HeardResult result) {
        LiveSession session = hold(id, lab, NO_PARTITION, false);
        int before = session.kept();
        if (session.onResult(result)) {
            makeRoom(before, session);
            news.accept(id);
        }
    }

    /** Drops what was heard from a partition: it has turned out to be in doubt. */
    public synchronized void forget(int partition) {
        held.values().removeIf(entry -> entry.partition() == partition);
    }

    public synchronized void forgetAll() {
        held.clear();
    }

    public synchronized Optional<LiveSession> find(UUID id) {
        return Optional.ofNullable(held.get(id)).map(Held::session);
    }

    @Override
    public Optional<String> lab(UUID session) {
        return find(session).map(LiveSession::lab);
    }

    private synchronized LiveSession hold(UUID id, String lab, int partition, boolean beginning) {
        Held known = held.get(id);
        if (known == null) {
            LiveSession session =
                    beginning
                            ? LiveSession.fromItsBeginning(id, lab, capacity)
                            : LiveSession.fromTheMiddle(id, lab, capacity);
            known = new Held(session, partition);
            held.put(id, known);
        } else if (known.partition() == NO_PARTITION && partition != NO_PARTITION) {
            known = new Held(known.session(), partition);
            held.put(id, known);
        }
        if (held.size() > bounds.sessions()) {
            forgetEldest();
        }
        return known.session();
    }

    /** A session that is full keeps as much as before. */
    private void makeRoom(int before, LiveSession session) {
        if (session.kept() > before) {
            makeRoom();
        }
    }

    private synchronized void makeRoom() {
        int kept = held.values().stream().mapToInt(entry -> entry.session().kept()).sum();
        while (kept > bounds.entries() && held.size() > 1) {
            kept -= forgetEldest().kept();
        }
    }

    /** In order of use, so never the one just used. */
    private LiveSession forgetEldest() {
        Iterator<Held> inOrder = held.values().iterator();
        LiveSession eldest = inOrder.next().session();
        inOrder.remove();
        return eldest;
    }
}
