package kontor.local.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kontor.local.gateway.GatewayClient;

/**
 * Builds and reloads what changes, one after the other; what changes meanwhile comes next. What
 * does not compile is not reloaded.
 *
 * <p>Has a thread of its own.
 */
public final class Watch implements AutoCloseable {

    /** Editors and version control write several files one after the other. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private static final Duration RELOAD_PATIENCE = Duration.ofMinutes(3);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Path root;
    private final String lab;
    private final GatewayClient gateway;
    private final WatchListener listener;
    private final SourceTree sources;
    private final Thread thread = new Thread(this::run, "kontor-watch-1");

    /**
     * @param root the top of the working copy
     * @param gateway of the running stack
     */
    public Watch(Path root, String lab, GatewayClient gateway, WatchListener listener)
            throws IOException {
        this.root = root;
        this.lab = lab;
        this.gateway = gateway;
        this.listener = listener;
        this.sources = new SourceTree(root, Affected.watched());
        thread.setDaemon(true);
    }

    /** Returns at once. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Affected affected = Affected.by(sources.awaitChanges(QUIET));
                if (affected.adapters()) {
                    listener.onNote("adapters are not reloaded: they carry the running game");
                }
                if (!affected.services().isEmpty()) {
                    buildAndReload(affected.services());
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // Told to end.
        } catch (IOException e) {
            listener.onError("sources are not watched any more: " + e.getMessage());
        }
    }

    private void buildAndReload(List<String> services) throws IOException, InterruptedException {
        listener.onNote("building " + String.join(", ", services));
        List<String> errors = QuickBuild.run(root, services);
        if (!errors.isEmpty()) {
            errors.forEach(listener::onError);
            listener.onNote("nothing is reloaded");
            return;
        }
        for (String service : services) {
            reload(service);
        }
    }

    private void reload(String service) throws InterruptedException {
        listener.onNote("reloading " + service);
        try {
            String id = gateway.requestReload(lab, service, false);
            listener.onReloaded(gateway.followReload(id, RELOAD_PATIENCE, answer -> {}));
        } catch (IOException e) {
            listener.onError("reload of %s: %s".formatted(service, e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        // One that was never started has nothing to end.
        if (thread.isAlive()) {
            thread.interrupt();
            try {
                thread.join(CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        sources.close();
    }
}
