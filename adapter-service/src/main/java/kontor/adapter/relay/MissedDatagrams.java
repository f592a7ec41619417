package kontor.adapter.relay;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.MissCause;
import kontor.adapter.capture.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Counts lost datagrams by cause and socket and captures each count: at once while the spool has
 * room; while it is full at once and then with each doubling, so that a full spool gets a few
 * events on top and no loss is without its event, whatever ends the run.
 */
final class MissedDatagrams {

    private final Map<MissCause, Long> totals = new EnumMap<>(MissCause.class);

    /** Of a full spool only: what was counted and where the next event is due. */
    private final Map<Place, Tally> tallies = new LinkedHashMap<>();

    private record Place(MissCause cause, @Nullable Endpoint socketOrNull) {}

    private static final class Tally {
        private long unreported;
        private long dueAt = 1;
    }

    void on(
            long count,
            MissCause cause,
            @Nullable Endpoint socketOrNull,
            boolean spoolFull,
            Effects out) {
        totals.merge(cause, count, Long::sum);
        Place place = new Place(cause, socketOrNull);
        if (!spoolFull) {
            capture(place, count, out);
            return;
        }
        Tally tally = tallies.computeIfAbsent(place, _ -> new Tally());
        tally.unreported += count;
        if (tally.unreported >= tally.dueAt) {
            tally.dueAt = 2 * tally.unreported;
            capture(place, tally.unreported, out);
            tally.unreported = 0;
        }
    }

    /** Captures all that is counted and was not yet. */
    void report(Effects out) {
        Iterator<Map.Entry<Place, Tally>> each = tallies.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Place, Tally> entry = each.next();
            if (entry.getValue().unreported > 0) {
                capture(entry.getKey(), entry.getValue().unreported, out);
            }
            each.remove();
        }
    }

    MissCounts counts() {
        return new MissCounts(
                total(MissCause.SPOOL_FULL),
                total(MissCause.SOCKET_BUFFER),
                total(MissCause.GAME_SOCKET));
    }

    private long total(MissCause cause) {
        return totals.getOrDefault(cause, 0L);
    }

    private static void capture(Place place, long count, Effects out) {
        out.capture(new Observation.DatagramsMissed(count, place.cause(), place.socketOrNull()));
    }
}
