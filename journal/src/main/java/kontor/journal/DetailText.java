package kontor.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import kontor.log.EventDetail;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Endpoint;
import kontor.sessions.v1.SessionEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Column {@code detail}: the {@link EventDetail} of an event as JSON. That of a datagram says where
 * it came from and where it went, so it is made once for each such pair and kept for the newest of
 * them. Used by one thread.
 */
final class DetailText {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int KEPT_PAIRS = 1_000;

    private record Pair(Endpoint source, Endpoint destination) {}

    private final Map<Pair, String> ofDatagrams =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Pair, String> eldest) {
                    return size() > KEPT_PAIRS;
                }
            };

    /** Returns null where nothing is to be said. */
    @Nullable String of(SessionEvent event) {
        if (!event.getAdapterEvent().hasDatagram()) {
            return text(event);
        }
        Datagram datagram = event.getAdapterEvent().getDatagram();
        if (!datagram.getUnknownFields().isEmpty()) {
            return text(event);
        }
        Pair pair = new Pair(datagram.getSource(), datagram.getDestination());
        @Nullable String known = ofDatagrams.get(pair);
        if (known == null) {
            known = text(event);
            ofDatagrams.put(pair, known);
        }
        return known;
    }

    private static @Nullable String text(SessionEvent event) {
        Map<String, Object> detail = EventDetail.of(event);
        return detail.isEmpty() ? null : JSON.writeValueAsString(detail);
    }
}
