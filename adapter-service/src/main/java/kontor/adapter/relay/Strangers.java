package kontor.adapter.relay;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Counts what strangers send, and says so without being flooded.
 *
 * <p>Guarantees: every packet of a stranger is counted once in the observations, at the latest with
 * the report after it. A source's first packet is observed at once, all further ones up to a report
 * in one observation at that report. At most so many sources are remembered as the bound says, and
 * those beyond share one observation for each protocol at a report, without an address. So there
 * are at most twice the bound and two observations from one report to the next.
 */
final class Strangers {

    private final int mostSources;
    private final Map<Source, Count> remembered = new LinkedHashMap<>();

    /** Of sources beyond the bound, not observed yet. */
    private final Map<Protocol, Long> beyond = new EnumMap<>(Protocol.class);

    private long packets;

    /**
     * @param mostSources sources that are remembered, each protocol of an address for itself
     */
    Strangers(int mostSources) {
        this.mostSources = mostSources;
    }

    private record Source(Protocol protocol, InetAddress address) {}

    private static final class Count {

        Endpoint latestSource;
        Endpoint latestDestination;
        long packets;
        long unobserved;

        Count(Endpoint source, Endpoint destination) {
            this.latestSource = source;
            this.latestDestination = destination;
        }
    }

    /**
     * A packet of a stranger came.
     *
     * @param mayObserve false if there is no room for an observation: it comes with a report
     */
    void on(
            Protocol protocol,
            Endpoint source,
            Endpoint destination,
            boolean mayObserve,
            Effects out) {
        packets++;
        Source key = new Source(protocol, source.address());
        @Nullable Count known = remembered.get(key);
        if (known == null && remembered.size() >= mostSources) {
            beyond.merge(protocol, 1L, Long::sum);
            return;
        }
        Count count = known == null ? new Count(source, destination) : known;
        count.latestSource = source;
        count.latestDestination = destination;
        count.packets++;
        count.unobserved++;
        if (known == null) {
            remembered.put(key, count);
            if (mayObserve) {
                observe(key, count, out);
            }
        }
    }

    /** It is time to say what is not said yet. Makes room for new sources if there is none. */
    void report(Effects out) {
        boolean full = remembered.size() >= mostSources;
        var counts = remembered.entrySet().iterator();
        while (counts.hasNext()) {
            var next = counts.next();
            if (next.getValue().unobserved > 0) {
                observe(next.getKey(), next.getValue(), out);
            } else if (full) {
                counts.remove();
            }
        }
        beyond.forEach((protocol, count) ->
                out.capture(new Observation.StrangerSeen(protocol, null, null, count)));
        beyond.clear();
    }

    StrangerStatus status() {
        return new StrangerStatus(
                packets,
                remembered.entrySet().stream()
                        .map(entry ->
                                new StrangerStatus.Source(
                                        entry.getKey().protocol(),
                                        entry.getKey().address(),
                                        entry.getValue().packets))
                        .sorted(Comparator.comparingLong(StrangerStatus.Source::packets).reversed())
                        .toList());
    }

    private static void observe(Source source, Count count, Effects out) {
        out.capture(
                new Observation.StrangerSeen(
                        source.protocol(),
                        count.latestSource,
                        count.latestDestination,
                        count.unobserved));
        count.unobserved = 0;
    }
}
