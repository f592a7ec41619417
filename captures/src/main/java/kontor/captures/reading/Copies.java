package kontor.captures.reading;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import kontor.vocabulary.Bytes;

/**
 * Tells which packets on other interfaces are copies of such that count: those that have the same
 * ends, number and payload as one of the newest that count, before or behind them. Not thread-safe.
 */
final class Copies {

    /** Packets that are remembered, and that wait. */
    private static final int MOST = 65_536;

    private final ConversationSink sink;
    private final Map<Long, Boolean> counting = new LinkedHashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(long content, Trace trace) {}

    Copies(ConversationSink sink) {
        this.sink = sink;
    }

    void onCounting(Packet packet) {
        counting.put(content(packet), true);
        if (counting.size() > MOST) {
            counting.remove(counting.keySet().iterator().next());
        }
    }

    void onOther(Packet packet, Trace trace) {
        waiting.add(new Waiting(content(packet), trace));
        if (waiting.size() > MOST) {
            decide(waiting.removeFirst());
        }
    }

    void end() {
        waiting.forEach(this::decide);
        waiting.clear();
    }

    private void decide(Waiting one) {
        sink.role(
                one.trace,
                -1,
                counting.containsKey(one.content) ? FrameRole.Kind.COPY : FrameRole.Kind.ELSEWHERE);
    }

    /** Two with the same one are taken for equal: 64 bits of hashes. */
    private static long content(Packet packet) {
        return switch (packet) {
            case Packet.Tcp t ->
                    hash(Objects.hash(t.source(), t.destination(), t.sequence()), t.payload());
            case Packet.Udp u -> hash(Objects.hash(u.source(), u.destination()), u.payload());
            case Packet.Other _ -> 0;
        };
    }

    private static long hash(int ends, Bytes payload) {
        return ((long) (31 * ends + payload.hashCode()) << 32) | payload.crc32c();
    }
}
