package kontor.launcher.snapshots;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes and restores the snapshots of a running stack's lab as its gateway asks, one after the
 * other, and says which there are: when something has changed, and each minute. A wish is carried
 * out once, however often it is heard; one from before the desk was there is left alone, for it may
 * have been carried out.
 *
 * <p>Calls return at once; a thread of its own works and says the news.
 */
public final class SnapshotDesk implements AutoCloseable {

    /** Snapshots are taken by the command, too. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration REPEAT = Duration.ofMinutes(1);
    private static final int REMEMBERED = 1_000;
    private static final int MOST_SAID = 200;
    private static final long CLOSING_MILLIS = 2_000;

    /** Finds the games. */
    @FunctionalInterface
    public interface Places {
        List<Snapshots.Place> find() throws IOException, SnapshotRefusedException;
    }

    /** Connects with the running lab. */
    @FunctionalInterface
    public interface Door {
        PlayedLab open() throws IOException;
    }

    /**
     * The games that it is about.
     *
     * @param lab its name
     */
    public record Games(String lab, Places places, Door door, Snapshots.ProcessLists processes) {}

    /** Called by the desk's thread. */
    public interface Listener {

        void onNews(SnapshotNews news);

        /** Something went wrong; for the log. */
        void onReport(String text);
    }

    private final String criu;
    private final SnapshotShelf shelf;
    private final Games games;
    private final InstantSource clock;
    private final Listener listener;
    private final Instant opened;
    private final Map<String, Boolean> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("kontor-snapshots-", 1).daemon().factory());
    private boolean started;
    private @Nullable List<SnapshotManifest> said;
    private Instant saidAt = Instant.MIN;

    /**
     * @param criu the program, or where it is
     */
    public SnapshotDesk(
            String criu, SnapshotShelf shelf, Games games, InstantSource clock, Listener listener) {
        this.criu = criu;
        this.shelf = shelf;
        this.games = games;
        this.clock = clock;
        this.listener = listener;
        this.opened = clock.instant();
    }

    /** Begins to say the news; may be called again. */
    public synchronized void start() {
        if (!started) {
            started = true;
            var _ =
                    thread.scheduleWithFixedDelay(
                            this::look, 0, LOOK.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Somebody wants something. */
    public synchronized void onWish(SnapshotWish wish) {
        if (wish.askedAt().isBefore(opened) || known.putIfAbsent(wish.id(), true) != null) {
            return;
        }
        try {
            thread.execute(() -> carryOut(wish));
        } catch (RejectedExecutionException e) {
            // It is closed: the stack stops.
        }
    }

    /** What is under way is broken off; the games go on. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            boolean _ = thread.awaitTermination(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            boolean due = !clock.instant().isBefore(saidAt.plus(REPEAT));
            if (due || !shelf.list().equals(said)) {
                say(Optional.empty());
            }
        } catch (IOException | RuntimeException e) {
            listener.onReport("could not list snapshots; trying again: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(SnapshotWish wish) {
        try {
            say(Optional.of(outcome(wish, SnapshotNews.State.RUNNING, "", "")));
            say(Optional.of(done(wish)));
        } catch (IOException | RuntimeException e) {
            listener.onReport("could not say what became of a snapshot: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SnapshotNews.Outcome done(SnapshotWish wish) throws InterruptedException {
        try (PlayedLab lab = games.door().open()) {
            Snapshots snapshots = new Snapshots(criu, shelf, lab, games.processes(), clock);
            List<Snapshots.Place> places = games.places().find();
            String session =
                    switch (wish.act()) {
                        case SnapshotWish.Act.Take(String name) -> {
                            snapshots.take(name, games.lab(), places);
                            yield "";
                        }
                        case SnapshotWish.Act.Restore(String name) ->
                                snapshots.restore(name, games.lab(), places);
                    };
            return outcome(wish, SnapshotNews.State.DONE, "", session);
        } catch (SnapshotRefusedException e) {
            return outcome(wish, SnapshotNews.State.REFUSED, String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            return outcome(wish, SnapshotNews.State.FAILED, String.valueOf(e.getMessage()), "");
        } catch (RuntimeException e) {
            listener.onReport("unexpected error at a snapshot (bug): " + e);
            return outcome(wish, SnapshotNews.State.FAILED, "unexpected error (bug): " + e, "");
        }
    }

    private static SnapshotNews.Outcome outcome(
            SnapshotWish wish, SnapshotNews.State state, String detail, String session) {
        return new SnapshotNews.Outcome(wish.id(), state, detail, session);
    }

    private void say(Optional<SnapshotNews.Outcome> outcome)
            throws IOException, InterruptedException {
        List<SnapshotManifest> all = shelf.list();
        List<SnapshotManifest> ours =
                all.stream().filter(each -> each.lab().equals(games.lab())).toList();
        listener.onNews(
                new SnapshotNews(
                        refusal(),
                        ours.subList(Math.max(0, ours.size() - MOST_SAID), ours.size()),
                        outcome));
        said = all;
        saidAt = clock.instant();
    }

    private Optional<String> refusal() throws IOException, InterruptedException {
        try {
            List<Snapshots.Place> _ = games.places().find();
        } catch (SnapshotRefusedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return SnapshotCheck.run(criu) instanceof SnapshotCheck.Finding.Unable(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }
}
