package kontor.adapter.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.context.SmartLifecycle;

/**
 * The adapters of this process, each with a run, a spool and clients of its own: they share nothing
 * but the process, and end with it. Started in the order of the settings, stopped at the same time,
 * so that a broker that is away is waited for once.
 */
final class Adapters implements SmartLifecycle {

    private final List<AdapterRun> runs;
    private volatile boolean running;

    /**
     * @param runs one at least, none of them started
     */
    Adapters(List<AdapterRun> runs) {
        this.runs = List.copyOf(runs);
    }

    Stream<AdapterRun> runs() {
        return runs.stream();
    }

    /**
     * Starts all of them.
     *
     * @throws AdapterStartException if one cannot start; those started before it are stopped
     */
    @Override
    public void start() {
        List<AdapterRun> started = new ArrayList<>();
        try {
            for (AdapterRun run : runs) {
                run.start();
                started.add(run);
            }
        } catch (AdapterStartException e) {
            stop(started);
            throw e;
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stop(runs);
    }

    private static void stop(List<AdapterRun> runs) {
        try (ExecutorService each = Executors.newCachedThreadPool()) {
            runs.forEach(run -> each.execute(run::stop));
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
