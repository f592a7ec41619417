package kontor.captures.reading;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import kontor.captures.reading.Packet.Nature;
import kontor.captures.reading.Packet.Place;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragments of IPv4 packets together, given in order of time. Fragments may come in any order
 * and more than once; of two that overlap, the bytes that came first count.
 */
final class Defragmenter {

    /** So long a receiver waits for the others (RFC 791 suggests 15 s, Linux has 30 s). */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private static final int LARGEST_PACKET = 65_535;

    /** Bytes of fragments that wait, and of packets that were put together; the oldest go first. */
    private static final long MOST_BYTES = 16 << 20;

    private final Map<Key, List<Ipv4Packet>> waiting = new LinkedHashMap<>();
    private final Map<Key, Ipv4Packet> done = new LinkedHashMap<>();
    private final Consumer<? super Packet.Other> left;
    private long waitingBytes;
    private long doneBytes;

    /**
     * @param left receives fragments that are in no packet
     */
    Defragmenter(Consumer<? super Packet.Other> left) {
        this.left = left;
    }

    private record Key(
            Place place,
            InetAddress source,
            InetAddress destination,
            int protocol,
            int identification) {}

    /** Takes a fragment, and returns the whole packet if it was the last that was missing. */
    Optional<Ipv4Packet> take(Ipv4Packet fragment) {
        Key key =
                new Key(
                        fragment.place(),
                        fragment.source(),
                        fragment.destination(),
                        fragment.protocol(),
                        fragment.identification());
        if (again(done.get(key), fragment)) {
            left.accept(fragment.other(Nature.NOISE, "fragment sent again"));
            return Optional.empty();
        }
        List<Ipv4Packet> others = waiting.computeIfAbsent(key, _ -> new ArrayList<>());
        if (!others.isEmpty() && at(fragment) - at(others.getFirst()) > PATIENCE_NANOS) {
            giveUp(others);
            others.clear();
        }
        others.add(fragment);
        waitingBytes += fragment.body().length();
        Optional<Ipv4Packet> whole = whole(others);
        whole.ifPresent(packet -> {
            waitingBytes -= bytes(others);
            waiting.remove(key);
            @Nullable Ipv4Packet before = done.remove(key);
            doneBytes -= before == null ? 0 : before.body().length();
            done.put(key, packet);
            doneBytes += packet.body().length();
        });
        forget();
        return whole;
    }

    /** Keeps both within their bound. */
    private void forget() {
        while (waitingBytes > MOST_BYTES && waiting.size() > 1) {
            Key oldest = waiting.keySet().iterator().next();
            giveUp(requireNonNull(waiting.remove(oldest)));
        }
        while (doneBytes > MOST_BYTES && done.size() > 1) {
            Key oldest = done.keySet().iterator().next();
            doneBytes -= requireNonNull(done.remove(oldest)).body().length();
        }
    }

    private static long bytes(List<Ipv4Packet> fragments) {
        return fragments.stream().mapToLong(fragment -> fragment.body().length()).sum();
    }

    private static boolean again(@Nullable Ipv4Packet whole, Ipv4Packet fragment) {
        int end = fragment.fragmentOffset() + fragment.body().length();
        return whole != null
                && at(fragment) - at(whole) <= PATIENCE_NANOS
                && end <= whole.body().length()
                && whole.body()
                        .slice(fragment.fragmentOffset(), fragment.body().length())
                        .equals(fragment.body());
    }

    /** Ends the input: discards incomplete datagrams. */
    void end() {
        waiting.values().forEach(this::giveUp);
        waiting.clear();
    }

    private void giveUp(List<Ipv4Packet> fragments) {
        Ipv4Packet one = fragments.getFirst();
        waitingBytes -= bytes(fragments);
        left.accept(
                new Packet.Other(
                        frames(fragments),
                        Nature.BROKEN,
                        fragments.stream().anyMatch(f -> f.missing() > 0)
                                ? "fragment cut by the capture"
                                : "fragment without the others",
                        one.source(),
                        one.destination()));
    }

    private static Optional<Ipv4Packet> whole(List<Ipv4Packet> fragments) {
        List<Ipv4Packet> byOffset = new ArrayList<>(fragments);
        byOffset.sort(Comparator.comparingInt(Ipv4Packet::fragmentOffset));
        Bytes body = Bytes.empty();
        boolean ended = false;
        for (Ipv4Packet fragment : byOffset) {
            int had = body.length() - fragment.fragmentOffset();
            if (had < 0) {
                return Optional.empty();
            }
            if (had < fragment.body().length()) {
                body = body.plus(fragment.body().from(had));
            }
            if (fragment.missing() > 0) {
                return Optional.empty();
            }
            ended |= !fragment.moreFragments();
        }
        if (!ended || body.length() > LARGEST_PACKET) {
            return Optional.empty();
        }
        Ipv4Packet last = fragments.getLast();
        return Optional.of(
                new Ipv4Packet(
                        frames(fragments),
                        last.place(),
                        last.linkCast(),
                        last.source(),
                        last.destination(),
                        last.protocol(),
                        last.identification(),
                        0,
                        false,
                        body,
                        0));
    }

    private static List<Frame> frames(List<Ipv4Packet> fragments) {
        return fragments.stream().flatMap(fragment -> fragment.frames().stream()).toList();
    }

    private static long at(Ipv4Packet fragment) {
        return fragment.frames().getLast().atNanos();
    }
}
