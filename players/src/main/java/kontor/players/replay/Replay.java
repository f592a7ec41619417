package kontor.players.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import kontor.captures.reading.Capture;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Packets;
import kontor.lab.Lab;
import kontor.players.check.SequenceCheck;
import kontor.players.check.StreamCheck;
import kontor.players.replay.CaptureAccount.Fate;
import kontor.players.replay.Plan.Link;
import kontor.players.replay.Plan.Step;
import kontor.players.replay.Plan.Way;
import kontor.players.replay.ReplayReport.Check;
import kontor.players.report.Progress;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * Plays a capture back through a running lab.
 *
 * <p>For each mapped address of the capture a stand-in, bound to its instance's own address, does
 * what that game itself did: the same connections, bytes, datagrams, ends and resets, at the
 * recorded times divided by the speed, but never before what the game had received until then has
 * arrived. Then what every stand-in received is held against what the others sent.
 */
public final class Replay {

    /** So long nothing at all may happen before what is missing counts as lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So long after the last expected byte a surplus one has to show. */
    private static final Duration SURPLUS = Duration.ofMillis(300);

    private final Plan plan;
    private final CaptureAccount account;
    private final Speed speed;
    private final Progress progress;
    private final Duration patience;
    private final Board board = new Board();
    private final List<StandIn> standIns = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private long beganAtNanos;

    private Replay(Planner.Planned planned, Speed speed, Progress progress, Duration patience) {
        this.plan = planned.plan();
        this.account = planned.account();
        this.speed = speed;
        this.progress = progress.oneAtATime();
        this.patience = patience;
    }

    /**
     * Blocks until all is played and checked.
     *
     * @param games which address of the capture is played by which instance, two or more
     * @param progress updated after each step
     * @throws IOException if a stand-in cannot bind its sockets
     * @throws IllegalArgumentException if the lab has no such instance or does not carry a port of
     *     the games, or the capture has no such address
     */
    public static ReplayReport run(
            Capture capture,
            Map<InetAddress, InstanceName> games,
            Lab lab,
            Speed speed,
            Progress progress)
            throws IOException, InterruptedException {
        return run(capture, games, lab, speed, progress, PATIENCE);
    }

    static ReplayReport run(
            Capture capture,
            Map<InetAddress, InstanceName> games,
            Lab lab,
            Speed speed,
            Progress progress,
            Duration patience)
            throws IOException, InterruptedException {
        if (games.size() < 2) {
            throw new IllegalArgumentException(
                    "a replay needs two games or more, but %d are mapped".formatted(games.size()));
        }
        Packets packets = Packets.of(capture);
        Map<InstanceName, Conversation> conversations = new LinkedHashMap<>();
        games.forEach((address, name) -> {
            Conversation conversation = Conversation.of(packets, address, lab.tcpPorts()::contains);
            if (conversation.own().isEmpty()) {
                throw new IllegalArgumentException(NothingToPlay.from(address, capture, packets));
            }
            if (conversations.put(name, conversation) != null) {
                throw new IllegalArgumentException("%s is mapped twice".formatted(name));
            }
        });
        Planner.Planned planned = Planner.plan(capture, packets, conversations, lab);
        Replay replay = new Replay(planned, speed, progress, patience);
        return replay.play(lab, List.copyOf(conversations.keySet()));
    }

    private ReplayReport play(Lab lab, List<InstanceName> names)
            throws IOException, InterruptedException {
        requirePorts(lab);
        List<Thread> threads = new ArrayList<>();
        try {
            for (InstanceName name : names) {
                standIns.add(new StandIn(lab.instance(name), plan, board, patience));
            }
            for (StandIn standIn : standIns) {
                standIn.listen();
            }
            beganAtNanos = System.nanoTime();
            for (int i = 0; i < names.size(); i++) {
                InstanceName name = names.get(i);
                StandIn standIn = standIns.get(i);
                threads.add(
                        Thread.ofPlatform()
                                .name("kontor-replay-" + name)
                                .start(() -> script(name, standIn)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            awaitRest();
            board.await(() -> false, SURPLUS);
            return report(Duration.ofNanos(System.nanoTime() - beganAtNanos));
        } finally {
            threads.forEach(Thread::interrupt);
            standIns.forEach(StandIn::close);
        }
    }

    private void requirePorts(Lab lab) {
        for (Link link : plan.links()) {
            requirePort(
                    link.refused() || lab.tcpPorts().contains(link.targetPort()),
                    lab,
                    "TCP port " + link.targetPort());
        }
        for (Way way : plan.ways()) {
            requirePort(lab.udpPorts().contains(way.toPort()), lab, "UDP port " + way.toPort());
        }
    }

    private static void requirePort(boolean carried, Lab lab, String port) {
        if (!carried) {
            throw new IllegalArgumentException(
                    "the capture uses %s, which lab '%s' does not carry"
                            .formatted(port, lab.name()));
        }
    }

    private void awaitRest() throws InterruptedException {
        Map<Way, Integer> sent = new HashMap<>();
        plan.ways().forEach(way -> sent.put(way, plan.datagrams(way).size()));
        board.await(
                () ->
                        plan.links().stream().allMatch(this::complete)
                                && sent.entrySet().stream()
                                        .allMatch(way ->
                                                board.datagramCount(way.getKey())
                                                        >= way.getValue()),
                patience);
    }

    private boolean complete(Link link) {
        return opened(link)
                && (link.refused()
                        || (complete(link, link.opener()) && complete(link, link.target())));
    }

    private boolean complete(Link link, InstanceName receiver) {
        InstanceName sender = link.other(receiver);
        Board.Seen seen = board.seen(link, receiver);
        boolean over = seen.reset() || seen.closedItself();
        return seen.bytes() >= link.mustReach(receiver)
                && (over || seen.finished() || !plan.finishes(link, sender))
                && (over || !plan.resets(link, sender));
    }

    private void script(InstanceName name, StandIn standIn) {
        long first = plan.firstAtNanos();
        try {
            for (Step step : plan.script(name)) {
                Duration due = speed.scaled(step.atNanos() - first);
                long wait = beganAtNanos + due.toNanos() - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(Duration.ofNanos(wait));
                }
                standIn.take(step);
                progress.at(done.incrementAndGet(), plan.stepCount(), StandIn.describe(name, step));
            }
        } catch (InterruptedException e) {
            board.problem("%s: interrupted".formatted(name));
            Thread.currentThread().interrupt();
        }
    }

    private ReplayReport report(Duration duration) {
        List<ReplayReport.Connection> connections = connections();
        List<ReplayReport.Datagrams> datagrams = datagrams();
        List<String> strangers = board.strangers();
        List<String> problems = board.problems();
        long wrong =
                connections.stream().filter(c -> !c.right()).count()
                        + datagrams.stream().filter(d -> !d.check().exact()).count();
        boolean passed = wrong == 0 && strangers.isEmpty() && problems.isEmpty();
        long bytes =
                connections.stream()
                        .mapToLong(c ->
                                c.toTarget().bytes().receivedBytes()
                                        + c.toOpener().bytes().receivedBytes())
                        .sum();
        long carried = datagrams.stream().mapToLong(d -> d.check().received()).sum();
        String summary =
                "%s: %d connections with %d bytes, %d datagrams, %.1f s"
                        .formatted(
                                verdict(passed, wrong),
                                connections.size(),
                                bytes,
                                carried,
                                duration.toNanos() / 1e9);
        return new ReplayReport(
                passed,
                summary,
                speed.toString(),
                duration,
                plan.stepCount(),
                connections,
                datagrams,
                strangers,
                problems,
                account);
    }

    private String verdict(boolean passed, long wrong) {
        if (!passed) {
            return "NOT as recorded, %d flows differ".formatted(wrong);
        }
        int leftOut = account.frames(Fate.LEFT_OUT);
        String verdict =
                account.complete() && leftOut == 0
                        ? "Every byte arrived, in order, once"
                        : "Every byte that was played arrived, in order, once";
        if (!account.complete()) {
            verdict += ", but the capture is INCOMPLETE";
        }
        return leftOut == 0
                ? verdict
                : verdict + " (%d frames of the games were left out)".formatted(leftOut);
    }

    private List<ReplayReport.Connection> connections() {
        return plan.links().stream()
                .map(link ->
                        new ReplayReport.Connection(
                                link.opener(),
                                link.openerPort(),
                                link.target(),
                                link.targetPort(),
                                link.refused(),
                                opened(link),
                                direction(link, link.opener()),
                                direction(link, link.target())))
                .toList();
    }

    private boolean opened(Link link) {
        return link.refused()
                ? board.wasRefused(link)
                : board.seen(link, link.opener()).connected()
                        && board.seen(link, link.target()).connected();
    }

    private ReplayReport.Direction direction(Link link, InstanceName sender) {
        InstanceName receiver = link.other(sender);
        Board.Seen at = board.seen(link, receiver);
        Bytes sent = plan.stream(link, sender);
        // Behind a reset of the receiver's own, bytes may arrive or not.
        long due = Math.clamp(at.bytes(), link.mustReach(receiver), sent.length());
        StreamCheck bytes = StreamCheck.of(sent.slice(0, (int) due), board.stream(link, receiver));
        boolean over = at.reset() || at.closedItself();
        return new ReplayReport.Direction(
                bytes,
                check(plan.finishes(link, sender), at.finished(), over),
                check(plan.resets(link, sender), at.reset(), at.closedItself()));
    }

    private static Check check(boolean expected, boolean seen, boolean moot) {
        if (!expected) {
            return Check.NONE;
        }
        return seen ? Check.SEEN : moot ? Check.MOOT : Check.MISSING;
    }

    private List<ReplayReport.Datagrams> datagrams() {
        return plan.ways().stream()
                .map(way -> {
                    List<Bytes> sent = plan.datagrams(way);
                    List<Bytes> received = board.datagrams(way);
                    return new ReplayReport.Datagrams(
                            way.from(),
                            way.fromPort(),
                            way.to(),
                            way.toPort(),
                            total(sent),
                            total(received),
                            SequenceCheck.of(sent, received));
                })
                .toList();
    }

    private static long total(List<Bytes> datagrams) {
        return datagrams.stream().mapToLong(Bytes::length).sum();
    }
}
