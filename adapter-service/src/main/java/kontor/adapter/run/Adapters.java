package kontor.adapter.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import kontor.adapter.kafka.KafkaLink;
import org.springframework.context.SmartLifecycle;

/**
 * The adapters of this process, each with a run, a spool and a numbering of its own: they share the
 * process and its link to the broker, and end with them. Started in the order of the settings,
 * stopped at the same time, so that a broker that is away is waited for once.
 */
final class Adapters implements SmartLifecycle {

    private final List<AdapterRun> runs;
    private final KafkaLink link;
    private volatile boolean running;

    private Adapters(List<AdapterRun> runs, KafkaLink link) {
        this.runs = List.copyOf(runs);
        this.link = link;
    }

    /**
     * One for each of the settings, in their order; none of them started.
     *
     * @param settings one at least, all with the same broker
     * @param places the place in its lab of an adapter with such settings
     */
    static Adapters of(
            List<AdapterSettings> settings,
            Function<AdapterSettings, LabPlace> places,
            String softwareVersion) {
        KafkaLink link =
                new KafkaLink(
                        settings.getFirst().kafka().settings(),
                        settings.stream().map(AdapterSettings::instance).toList());
        return new Adapters(
                settings.stream()
                        .map(own -> new AdapterRun(own, places.apply(own), link, softwareVersion))
                        .toList(),
                link);
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
        link.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stop(runs);
    }

    private void stop(List<AdapterRun> started) {
        try (ExecutorService each = Executors.newCachedThreadPool()) {
            started.forEach(run -> each.execute(run::stop));
        }
        try {
            link.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
