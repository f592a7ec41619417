package kontor.players.replay;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import kontor.players.replay.Plan.Cause;
import kontor.players.replay.Plan.Link;
import kontor.players.replay.Plan.Way;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * All that the stand-ins have seen arrive, and a place to wait for it. Thread-safe: every access
 * holds the board's own lock.
 */
final class Board {

    /** Beyond what has to arrive, so much is kept to be shown; the rest is only counted. */
    private static final int KEPT_SURPLUS = 65_536;

    private final Map<LinkEnd, Receipt> receipts = new HashMap<>();
    private final Map<Way, List<Bytes>> datagrams = new HashMap<>();
    private final Map<Link, Integer> openerPorts = new HashMap<>();
    private final List<Link> refused = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long changes;

    private record LinkEnd(Link link, InstanceName game) {}

    /**
     * What one end of a connection has seen.
     *
     * @param closedItself by a reset of its own
     */
    record Seen(
            boolean connected, long bytes, boolean finished, boolean reset, boolean closedItself) {}

    private static final class Receipt {

        private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
        private long bytes;
        private boolean connected;
        private boolean finished;
        private boolean reset;
        private boolean closedItself;
    }

    synchronized void connected(Link link, InstanceName game) {
        receipt(link, game).connected = true;
        changed();
    }

    synchronized void arrived(Link link, InstanceName game, byte[] buffer, int length) {
        Receipt receipt = receipt(link, game);
        long room = link.mustReach(game) + KEPT_SURPLUS - receipt.stored.size();
        receipt.stored.write(buffer, 0, (int) Math.max(0, Math.min(room, length)));
        receipt.bytes += length;
        changed();
    }

    synchronized void finished(Link link, InstanceName game) {
        receipt(link, game).finished = true;
        changed();
    }

    synchronized void reset(Link link, InstanceName game) {
        Receipt receipt = receipt(link, game);
        receipt.reset |= !receipt.closedItself;
        changed();
    }

    /**
     * The game is about to reset its end.
     *
     * @return false if the other end was quicker: then this one's reset can reach nobody
     */
    synchronized boolean resetsItself(Link link, InstanceName game) {
        Receipt receipt = receipt(link, game);
        receipt.closedItself = true;
        changed();
        return !receipt.reset;
    }

    synchronized void arrived(Way way, Bytes datagram) {
        datagrams.computeIfAbsent(way, _ -> new ArrayList<>()).add(datagram);
        changed();
    }

    synchronized void opening(Link link, int openerPort) {
        openerPorts.put(link, openerPort);
    }

    /** The link that a connection belongs to which came from this port. */
    synchronized @Nullable Link accept(List<Link> possible, int fromPort) {
        @Nullable Link found = null;
        for (Link link : possible) {
            @Nullable Integer port = openerPorts.get(link);
            if (port != null && !receipt(link, link.target()).connected) {
                if (port == fromPort) {
                    return link;
                }
                found = found == null ? link : found;
            }
        }
        return found;
    }

    synchronized void refused(Link link) {
        refused.add(link);
        changed();
    }

    synchronized boolean wasRefused(Link link) {
        return refused.contains(link);
    }

    /** Something that no game of the capture sent. */
    synchronized void stranger(String what) {
        strangers.add(what);
        changed();
    }

    synchronized void problem(String what) {
        problems.add(what);
        changed();
    }

    synchronized List<String> strangers() {
        return List.copyOf(strangers);
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    synchronized Seen seen(Link link, InstanceName game) {
        Receipt r = receipt(link, game);
        return new Seen(r.connected, r.bytes, r.finished, r.reset, r.closedItself);
    }

    /** The bytes that arrived, as far as they were kept. */
    synchronized Bytes stream(Link link, InstanceName game) {
        return Bytes.owning(receipt(link, game).stored.toByteArray());
    }

    synchronized int datagramCount(Way way) {
        return datagrams.getOrDefault(way, List.of()).size();
    }

    private Receipt receipt(Link link, InstanceName game) {
        return receipts.computeIfAbsent(new LinkEnd(link, game), _ -> new Receipt());
    }

    synchronized List<Bytes> datagrams(Way way) {
        return List.copyOf(datagrams.getOrDefault(way, List.of()));
    }

    synchronized boolean happened(Cause cause, InstanceName game) {
        return switch (cause) {
            case Cause.Accepted accepted -> receipt(accepted.link(), game).connected;
            case Cause.BytesArrived arrived -> {
                Receipt receipt = receipt(arrived.link(), game);
                yield receipt.bytes >= arrived.count() || receipt.reset;
            }
            case Cause.DatagramsArrived arrived -> datagramCount(arrived.way()) >= arrived.count();
            case Cause.ResetArrived arrived -> receipt(arrived.link(), game).reset;
        };
    }

    /** Waits until it is so; gives up when nothing at all has changed for {@code patience}. */
    synchronized boolean await(BooleanSupplier condition, Duration patience)
            throws InterruptedException {
        long seen = changes;
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (changes != seen) {
                seen = changes;
                deadline = System.nanoTime() + patience.toNanos();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    private void changed() {
        changes++;
        notifyAll();
    }
}
