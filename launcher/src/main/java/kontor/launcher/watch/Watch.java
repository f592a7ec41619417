package kontor.launcher.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.ReloadAnswer;
import kontor.launcher.plan.JournalPlace;
import org.jspecify.annotations.Nullable;

/**
 * Builds and reloads what changes, one after the other; what changes meanwhile comes next. What
 * does not compile is not reloaded, and what could not be reloaded comes along with the next
 * change.
 *
 * <p>Has a thread of its own.
 */
public final class Watch implements AutoCloseable {

    /** Editors and version control write several files one after the other. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private static final Duration RELOAD_PATIENCE = Duration.ofMinutes(3);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Path root;
    private final WatchListener listener;
    private final SourceTree sources;
    private final JournalPlace journal;
    private volatile @Nullable Thread thread;

    /**
     * What changes from now on will be built and reloaded, once it has been started.
     *
     * @param root the top of the working copy
     * @param journal where the stack keeps it
     */
    public Watch(Path root, JournalPlace journal, WatchListener listener) throws IOException {
        this.root = root;
        this.journal = journal;
        this.listener = listener;
        this.sources = new SourceTree(root, Affected.watched());
    }

    /**
     * Returns at once. Only once.
     *
     * @param gateway of the running stack
     */
    public void start(String lab, GatewayClient gateway) {
        Thread started = new Thread(() -> run(lab, gateway), "kontor-watch-1");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void run(String lab, GatewayClient gateway) {
        try {
            Affected pending = Affected.NOTHING;
            while (true) {
                Set<Path> changed = sources.awaitChanges(QUIET);
                Affected affected = Affected.by(changed, journal);
                if (affected.adapters()) {
                    listener.onNote(
                            "adapters carry the running game and are not restarted; run kontor down"
                                    + " and up to apply the change");
                }
                pending = pending.and(affected);
                if (!affected.services().isEmpty()) {
                    pending = buildAndReload(pending, lab, gateway);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // Told to end.
        } catch (IOException e) {
            listener.onError("no longer watching sources: " + e.getMessage());
        }
    }

    /** What is still to be done then. */
    private Affected buildAndReload(Affected pending, String lab, GatewayClient gateway)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        listener.onBuilding(pending.services());
        List<String> errors = QuickBuild.run(root, pending.services());
        if (!errors.isEmpty()) {
            errors.forEach(listener::onError);
            listener.onNote(
                    "build failed, nothing is reloaded; its output: "
                            + root.relativize(QuickBuild.log(root)));
            return pending;
        }
        listener.onBuilt(Duration.ofNanos(System.nanoTime() - begun));
        Affected left = pending;
        for (String service : pending.services()) {
            if (reload(service, lab, gateway)) {
                left = left.without(service);
            }
        }
        return left;
    }

    private boolean reload(String service, String lab, GatewayClient gateway)
            throws InterruptedException {
        try {
            String id = gateway.requestReload(lab, service, false);
            ReloadAnswer outcome = gateway.followReload(id, RELOAD_PATIENCE, answer -> {});
            listener.onReloaded(outcome);
            return outcome.completed();
        } catch (IOException e) {
            listener.onError("reload of %s: %s".formatted(service, e.getMessage()));
            return false;
        }
    }

    /** Ends a build, and leaves a reload to those who carry it out. */
    @Override
    public void close() throws IOException {
        @Nullable Thread started = thread;
        if (started != null) {
            started.interrupt();
            try {
                started.join(CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        sources.close();
    }
}
