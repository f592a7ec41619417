package kontor.simulation.adapter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import kontor.adapter.relay.SpoolLevel;
import kontor.simulation.time.Chance;
import kontor.simulation.world.Packet;
import org.jspecify.annotations.Nullable;

/**
 * The spool of one instance, as far as it outlives the adapter's process: what was appended and not
 * yet forgotten. That something was acknowledged is written down later, so that after a crash some
 * of it is published once more.
 */
final class SpoolDisk {

    private final long limit;
    private final Chance chance;
    private final Deque<Packet> kept = new ArrayDeque<>();

    /** Acknowledged, and on the disk all the same; the eldest of those kept. */
    private final Deque<Packet> acknowledged = new ArrayDeque<>();

    /** A record of which only a part was written when the process died. */
    private @Nullable Packet torn;

    private long weight;
    private SpoolLevel level = SpoolLevel.FREE;

    SpoolDisk(long limit, Chance chance) {
        this.limit = limit;
        this.chance = chance;
    }

    void append(Packet packet) {
        kept.add(packet);
        weight += weight(packet);
        if (weight >= limit) {
            level = SpoolLevel.FULL;
        } else if (weight > limit / 2 && level == SpoolLevel.FREE) {
            level = SpoolLevel.HIGH;
        }
    }

    /** The process died while it appended this: it was never captured. */
    void tear(Packet packet) {
        torn = packet;
    }

    /** The broker has this and all before it. True where the level has fallen. */
    boolean acknowledge(Packet packet) {
        Packet known;
        do {
            known = kept.removeFirst();
            weight -= weight(known);
            acknowledged.add(known);
        } while (!isSame(known, packet));
        if (chance.oneIn(3)) {
            acknowledged.clear();
        }
        SpoolLevel before = level;
        if (weight <= limit / 4) {
            level = SpoolLevel.FREE;
        } else if (weight <= limit / 2 && before == SpoolLevel.FULL) {
            level = SpoolLevel.HIGH;
        }
        return level != before;
    }

    private static long weight(Packet packet) {
        return 200L + packet.captured().what().payload().length();
    }

    private static boolean isSame(Packet one, Packet other) {
        return one.captured().sequence() == other.captured().sequence()
                && one.run().equals(other.run());
    }

    SpoolLevel level() {
        return level;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** What is to be published, the eldest first. */
    List<Packet> unacknowledged() {
        return List.copyOf(kept);
    }

    /** What a new process finds; the torn tail is cut. */
    void reopen(boolean keepTorn, boolean loseLast) {
        List<Packet> found = new ArrayList<>(acknowledged);
        found.addAll(kept);
        acknowledged.clear();
        kept.clear();
        kept.addAll(found);
        if (keepTorn && torn != null) {
            kept.add(torn);
        }
        torn = null;
        if (loseLast && !kept.isEmpty()) {
            kept.removeLast();
        }
        weight = 0;
        level = SpoolLevel.FREE;
        List<Packet> again = List.copyOf(kept);
        kept.clear();
        again.forEach(this::append);
    }

    /** As if it had never been. */
    void clear() {
        kept.clear();
        acknowledged.clear();
        weight = 0;
        level = SpoolLevel.FREE;
    }
}
