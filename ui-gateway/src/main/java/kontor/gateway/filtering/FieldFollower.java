package kontor.gateway.filtering;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Keeps the {@link FieldCatalogue} up to date in a thread of its own, {@code kontor-fields-1}.
 * Whatever analyzers there are is known before the first request is taken, if the database answers;
 * while it does not, the fields known last stay.
 *
 * <p>A request that asks about a field that is not known looks again itself ({@link #catchUp}).
 * Analysis declares the fields of a version before it publishes anything of it, so a reader who has
 * seen a message can filter on its fields.
 */
@Component
final class FieldFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FieldFollower.class);

    private final FieldArchive archive;
    private final FieldCatalogue catalogue;
    private final Duration every;

    /** Of the fields in the catalogue; null before the first. */
    private @Nullable String versions;

    private volatile boolean isAway;
    private volatile @Nullable ScheduledExecutorService thread;

    FieldFollower(FieldArchive archive, FieldCatalogue catalogue, GatewaySettings settings) {
        this.archive = archive;
        this.catalogue = catalogue;
        this.every = settings.fieldsEvery();
    }

    /** The first look is made by the thread that starts the service. */
    @Override
    public void start() {
        look();
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("kontor-fields-1").factory());
        // Never completes: a look throws nothing.
        Future<?> _ =
                executor.scheduleWithFixedDelay(
                        this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        thread = executor;
    }

    /**
     * Reads what analyzers have declared by now. Blocks for a short query; changes nothing while
     * the database is known to be away, so that it is waited for once and not by each request.
     */
    void catchUp() {
        if (!isAway) {
            look();
        }
    }

    /** Reads the fields if there are other analyzers than at the last look. */
    synchronized void look() {
        try {
            String found = archive.currentVersions();
            if (!found.equals(versions)) {
                catalogue.replace(archive.declarations());
                versions = found;
                LOG.info(
                        "filters know {} fields of the analyzers [{}]",
                        catalogue.declarations().size(),
                        found);
            }
            isAway = false;
        } catch (DataAccessException e) {
            if (!isAway) {
                LOG.warn(
                        "could not read the analyzers' fields; filters keep the {} known so far;"
                                + " trying again every {} ms: {}",
                        catalogue.declarations().size(),
                        every.toMillis(),
                        e.getMessage());
            }
            isAway = true;
        } catch (RuntimeException e) {
            LOG.error("unexpected error while reading the analyzers' fields (bug)", e);
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = thread;
        if (running != null) {
            running.shutdownNow();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the web server, which is in the last phases. */
    @Override
    public int getPhase() {
        return 0;
    }
}
