package kontor.gateway.instances;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest word of each adapter about itself, and the addresses in messages that mean none of
 * them. An instance is there once a run of it was heard of, from its adapter or from the journal;
 * the run that began last counts.
 *
 * <p>Thread-safe.
 */
public final class InstanceBoard {

    private record Key(String lab, String instance) {}

    private final Duration connectedWithin;
    private final Map<Key, InstanceStatus> newest = new HashMap<>();
    private final AddressWarnings warnings = new AddressWarnings();

    /**
     * @param connectedWithin a status older than this counts as silence
     */
    public InstanceBoard(Duration connectedWithin) {
        this.connectedWithin = connectedWithin;
    }

    /**
     * Takes a status; one of an earlier run, or an earlier one of the same run, changes nothing.
     */
    public synchronized void onStatus(InstanceStatus status) {
        newest.merge(
                new Key(status.lab(), status.instance()),
                status,
                (old, young) -> isNewer(young, old) ? young : old);
    }

    /** Takes what an event named that means nobody. */
    public synchronized void onNobodysAddresses(NamedAddresses named) {
        warnings.on(named);
    }

    /** Addresses that mean nobody, the newest first. */
    public synchronized List<AddressWarning> addressWarnings() {
        return warnings.all();
    }

    /**
     * All instances by lab and name.
     *
     * @param runs as the journal has them, the newest of each instance
     */
    public synchronized List<InstanceSummary> instances(List<RecordedRun> runs, Instant now) {
        Map<Key, RecordedRun> recorded = new HashMap<>();
        runs.forEach(run -> recorded.put(new Key(run.lab(), run.instance()), run));
        List<InstanceSummary> summaries = new ArrayList<>();
        newest.forEach((key, status) -> {
            @Nullable RecordedRun run = recorded.remove(key);
            boolean runIsNewer = run != null && run.startedAt().isAfter(status.runStartedAt());
            if (run != null && runIsNewer && !run.run().equals(status.run())) {
                summaries.add(silent(run));
            } else {
                summaries.add(spoken(status, run == null ? null : run.address(), now));
            }
        });
        recorded.values().forEach(run -> summaries.add(silent(run)));
        summaries.sort(
                Comparator.comparing(InstanceSummary::lab).thenComparing(InstanceSummary::name));
        return summaries;
    }

    /** Whether this run's adapter is there. */
    public synchronized boolean isConnected(String lab, String instance, UUID run, Instant now) {
        @Nullable InstanceStatus status = newest.get(new Key(lab, instance));
        return status != null && status.run().equals(run) && connected(status, now);
    }

    /** The newest status of each instance. */
    public synchronized List<InstanceStatus> statuses() {
        return List.copyOf(newest.values());
    }

    /** Labs whose adapters were heard. */
    public synchronized Set<String> labs() {
        return newest.keySet().stream().map(Key::lab).collect(Collectors.toSet());
    }

    private static boolean isNewer(InstanceStatus young, InstanceStatus old) {
        return young.run().equals(old.run())
                ? !young.sentAt().isBefore(old.sentAt())
                : young.runStartedAt().isAfter(old.runStartedAt());
    }

    private boolean connected(InstanceStatus status, Instant now) {
        return !status.stopped()
                && Duration.between(status.sentAt(), now).compareTo(connectedWithin) <= 0;
    }

    private static InstanceSummary silent(RecordedRun run) {
        return new InstanceSummary(
                run.instance(),
                run.lab(),
                run.run(),
                run.address(),
                run.startedAt(),
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private InstanceSummary spoken(InstanceStatus status, @Nullable String recorded, Instant now) {
        @Nullable String pinned = status.network().game();
        @Nullable String address = pinned == null ? recorded : pinned;
        return new InstanceSummary(
                status.instance(),
                status.lab(),
                status.run(),
                address,
                status.runStartedAt(),
                connected(status, now),
                status.sentAt(),
                status.capturedEvents(),
                status.publishedEvents(),
                Math.max(0, status.capturedEvents() - status.publishedEvents()),
                status.capturedPayloadBytes(),
                status.deliveredPayloadBytes(),
                status.spoolBytes(),
                status.spoolLimitBytes(),
                status.spoolRefused(),
                status.openFlows(),
                status.missedDatagrams(),
                status.missedInSockets(),
                status.missedAtGame(),
                status.freezeId(),
                status.network(),
                status.clock());
    }
}
