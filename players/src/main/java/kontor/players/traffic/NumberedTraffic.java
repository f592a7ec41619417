package kontor.players.traffic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.players.report.Progress;

/**
 * Games that send numbered packets, each to all others in turn, at a fixed beat, and count what
 * arrives. One object is one run.
 */
public final class NumberedTraffic {

    private final List<LabInstance> games;
    private final TrafficSettings settings;
    private final Progress progress;
    private final TrafficCount count;
    private final TrafficSockets sockets;
    private volatile boolean stopping;
    private volatile long sendUntilNanos;

    private NumberedTraffic(Lab lab, boolean direct, TrafficSettings settings, Progress progress) {
        this.games = lab.instances();
        this.settings = settings;
        this.progress = progress.oneAtATime();
        this.count = new TrafficCount(games, settings);
        this.sockets = new TrafficSockets(games, direct, settings, count);
    }

    /** Through the lab: each game sends to its peer addresses. */
    public static NumberedTraffic throughLab(Lab lab, TrafficSettings settings, Progress progress) {
        return new NumberedTraffic(lab, false, settings, progress);
    }

    /** Past the lab, from game to game: what the machine alone needs. Loopback labs only. */
    public static NumberedTraffic direct(Lab lab, TrafficSettings settings, Progress progress) {
        return new NumberedTraffic(lab, true, settings, progress);
    }

    /** Ends the sending early. From any thread. */
    public void stop() {
        stopping = true;
    }

    /**
     * Sends, and waits for the last packets; blocks.
     *
     * @throws IOException if a socket cannot be bound or a connection not be made
     */
    public TrafficReport run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        try {
            List<TrafficSockets.Sender> senders = new ArrayList<>();
            for (int i = 0; i < games.size(); i++) {
                sockets.listen(i);
            }
            KernelDrops drops = KernelDrops.of(games, settings.port());
            for (int i = 0; i < games.size(); i++) {
                senders.add(sockets.sender(i));
            }
            long start = System.nanoTime() + 20_000_000;
            long measuredFrom = start + settings.warmUp().toNanos();
            count.measureFrom(measuredFrom);
            sendUntilNanos = measuredFrom + settings.duration().toNanos();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < games.size(); i++) {
                int from = i;
                // The beats of the games lie between each other's, not on top.
                long shift = (long) (i * 1e9 / settings.perSecond() / games.size());
                Pace pace = new Pace(start + shift, settings.perSecond());
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .name("kontor-traffic-sender-" + (i + 1))
                                .start(() -> send(from, senders.get(from), pace)));
            }
            awaitSenders(threads);
            awaitRest();
            drops.since().forEach(count::problem);
            return count.report(Duration.ofNanos(System.nanoTime() - began));
        } finally {
            stopping = true;
            sockets.close();
        }
    }

    /** Packets that did not arrive exactly once; of those that arrived twice the first 100,000. */
    public List<Copies> notOnce() {
        return count.notOnce();
    }

    /** The gaps between arrivals that stand out, on all ways. */
    public List<Pause> pauses() {
        return count.pauses();
    }

    private void send(int from, TrafficSockets.Sender sender, Pace pace) {
        byte[] packet = new byte[settings.size()];
        long end = sendUntilNanos;
        long total = settings.warmUp().plus(settings.duration()).toMillis();
        long told = 0;
        try {
            for (int turn = 0; !stopping; turn++) {
                int to = (from + 1 + turn % (games.size() - 1)) % games.size();
                long due = pace.next();
                if (due >= end) {
                    break;
                }
                long number = count.nextNumber(from, to);
                new Stamp(from, to, number, due).writeTo(packet, settings.size());
                sender.send(to, packet, settings.size());
                long left = (end - due) / 1_000_000;
                if (from == 0 && total - left >= told) {
                    told += 250;
                    progress.at(total - left, total, count.arrived() + " packets");
                }
            }
        } catch (IOException e) {
            count.problem(
                    "%s could not send: %s".formatted(games.get(from).name(), e.getMessage()));
        }
    }

    /** A sender may be stuck in a full connection: then it is waited for as for packets. */
    private void awaitSenders(List<Thread> threads) throws InterruptedException {
        long end = sendUntilNanos;
        while (!stopping && System.nanoTime() < end && threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(10);
        }
        awaitWhileArriving(() -> threads.stream().noneMatch(Thread::isAlive));
        threads.stream()
                .filter(Thread::isAlive)
                .forEach(thread ->
                        count.problem(thread.getName() + " could not get rid of a packet"));
    }

    private void awaitRest() throws InterruptedException {
        awaitWhileArriving(() -> count.missing() == 0);
        // Time for a surplus one to show.
        Thread.sleep(100);
    }

    private void awaitWhileArriving(BooleanSupplier wanted) throws InterruptedException {
        long seen = -1;
        long deadline = System.nanoTime() + settings.patience().toNanos();
        while (!wanted.getAsBoolean() && System.nanoTime() < deadline) {
            if (count.arrived() != seen) {
                seen = count.arrived();
                deadline = System.nanoTime() + settings.patience().toNanos();
                progress.at(0, 0, count.missing() + " packets under way");
            }
            Thread.sleep(10);
        }
    }
}
