package kontor.players.traffic;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.players.report.Progress;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Games that send numbered packets, each to all others in turn, at a fixed beat, and count what
 * arrives. One object is one run.
 */
public final class NumberedTraffic {

    private static final int LARGEST_READ = 65_536;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int MOST_PROBLEMS = 100;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final List<LabInstance> games;
    private final boolean direct;
    private final TrafficSettings settings;
    private final Progress progress;
    private final Tally[][] tallies;
    private final AtomicLongArray sent;
    private final Map<Integer, DatagramSocket> datagramSockets = new HashMap<>();
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong strangers = new AtomicLong();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> readers = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile long measuredFromNanos = Long.MAX_VALUE;

    private NumberedTraffic(Lab lab, boolean direct, TrafficSettings settings, Progress progress) {
        this.games = lab.instances();
        this.direct = direct;
        this.settings = settings;
        this.progress = progress.oneAtATime();
        this.tallies = new Tally[games.size()][games.size()];
        this.sent = new AtomicLongArray(games.size() * games.size());
        for (int from = 0; from < games.size(); from++) {
            for (int to = 0; to < games.size(); to++) {
                tallies[from][to] = new Tally(pauseNanos());
            }
        }
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
     * @throws IOException where a socket cannot be bound or a connection not be made
     */
    public TrafficReport run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        try {
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < games.size(); i++) {
                listen(i);
            }
            KernelDrops drops = KernelDrops.of(games, settings.port());
            for (int i = 0; i < games.size(); i++) {
                senders.add(sender(i));
            }
            long start = System.nanoTime() + 20_000_000;
            measuredFromNanos = start + settings.warmUp().toNanos();
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
            drops.since().forEach(this::problem);
            return report(Duration.ofNanos(System.nanoTime() - began));
        } finally {
            stopping = true;
            close();
        }
    }

    /** A gap of so many beats of a way is no accident any more. */
    private long pauseNanos() {
        double beatNanos = 1e9 * (games.size() - 1) / settings.perSecond();
        return Math.max(SHORTEST_PAUSE.toNanos(), (long) (5 * beatNanos));
    }

    /** The gaps between arrivals that stand out, on all ways. */
    public List<Pause> pauses() {
        return Arrays.stream(tallies)
                .flatMap(Arrays::stream)
                .flatMap(tally -> tally.pauses().stream())
                .toList();
    }

    @FunctionalInterface
    private interface Sender {
        void send(int to, byte[] packet, int size) throws IOException;
    }

    private InetSocketAddress reach(int from, int to) {
        InetAddress address =
                direct
                        ? games.get(to).address()
                        : requireNonNull(games.get(from).peers().get(games.get(to).name()));
        return new InetSocketAddress(address, settings.port());
    }

    private void send(int from, Sender sender, Pace pace) {
        byte[] packet = new byte[settings.size()];
        long end = measuredFromNanos + settings.duration().toNanos();
        long total = settings.warmUp().plus(settings.duration()).toMillis();
        long told = 0;
        try {
            for (int turn = 0; !stopping; turn++) {
                int to = (from + 1 + turn % (games.size() - 1)) % games.size();
                long due = pace.next();
                if (due >= end) {
                    break;
                }
                long number = sent.getAndIncrement(from * games.size() + to);
                new Stamp(from, to, number, due).writeTo(packet, settings.size());
                sender.send(to, packet, settings.size());
                long left = (end - due) / 1_000_000;
                if (from == 0 && total - left >= told) {
                    told += 250;
                    progress.at(total - left, total, arrived.get() + " packets");
                }
            }
        } catch (IOException e) {
            problem("%s could not send: %s".formatted(games.get(from).name(), e.getMessage()));
        }
    }

    private Sender sender(int from) throws IOException {
        return switch (settings.transport()) {
            case UDP -> udpSender(from);
            case TCP -> tcpSender(from);
        };
    }

    private Sender udpSender(int from) {
        DatagramSocket socket = requireNonNull(datagramSockets.get(from));
        return (to, packet, size) -> socket.send(new DatagramPacket(packet, size, reach(from, to)));
    }

    private Sender tcpSender(int from) throws IOException {
        Socket[] sockets = new Socket[games.size()];
        for (int to = 0; to < games.size(); to++) {
            if (to != from) {
                Socket socket = new Socket();
                open.add(socket);
                socket.bind(new InetSocketAddress(games.get(from).address(), 0));
                socket.connect(reach(from, to), CONNECT_TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                sockets[to] = socket;
            }
        }
        return (to, packet, size) -> sockets[to].getOutputStream().write(packet, 0, size);
    }

    private void listen(int game) throws IOException {
        InetSocketAddress own = new InetSocketAddress(games.get(game).address(), settings.port());
        switch (settings.transport()) {
            case UDP -> {
                DatagramSocket socket = new DatagramSocket(null);
                open.add(socket);
                socket.setReceiveBufferSize(BUFFER_BYTES);
                socket.bind(own);
                datagramSockets.put(game, socket);
                reader("udp", () -> receive(game, socket));
            }
            case TCP -> {
                ServerSocket listener = new ServerSocket();
                open.add(listener);
                listener.bind(own, 64);
                reader(
                        "accept",
                        () -> {
                            while (!closed) {
                                Socket socket = listener.accept();
                                open.add(socket);
                                reader("tcp", () -> read(game, socket));
                            }
                        });
            }
        }
    }

    private void receive(int game, DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_READ], LARGEST_READ);
        while (!closed) {
            packet.setLength(LARGEST_READ);
            socket.receive(packet);
            arrived(game, packet.getData(), 0, packet.getLength(), System.nanoTime());
        }
    }

    private void read(int game, Socket socket) throws IOException {
        byte[] buffer = new byte[2 * LARGEST_READ];
        int held = 0;
        InputStream in = socket.getInputStream();
        for (int read = in.read(buffer, 0, LARGEST_READ);
                read >= 0;
                read = in.read(buffer, held, buffer.length - held)) {
            long now = System.nanoTime();
            held += read;
            int at = 0;
            ByteBuffer view = ByteBuffer.wrap(buffer);
            while (held - at >= Stamp.LENGTH) {
                int size = Stamp.sizeAt(view, at);
                if (size < Stamp.LENGTH || size > LARGEST_READ) {
                    // The stream is spoilt from here on: there is no way to find the next packet.
                    problem(games.get(game).name() + ": a stream that makes no sense");
                    strangers.incrementAndGet();
                    return;
                }
                if (held - at < size) {
                    break;
                }
                arrived(game, buffer, at, size, now);
                at += size;
            }
            System.arraycopy(buffer, at, buffer, 0, held - at);
            held -= at;
        }
    }

    private void arrived(int game, byte[] bytes, int at, int size, long now) {
        @Nullable Stamp stamp = Stamp.read(bytes, at, size);
        boolean known =
                stamp != null
                        && stamp.to() == game
                        && stamp.from() >= 0
                        && stamp.from() < games.size();
        if (stamp == null || !known) {
            strangers.incrementAndGet();
        } else {
            boolean measured = stamp.dueNanos() >= measuredFromNanos;
            tallies[stamp.from()][game].arrived(stamp, now, measured);
            arrived.incrementAndGet();
        }
    }

    /** A sender may be stuck in a full connection: then it is waited for as for packets. */
    private void awaitSenders(List<Thread> threads) throws InterruptedException {
        long end = measuredFromNanos + settings.duration().toNanos();
        while (!stopping && System.nanoTime() < end && threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(10);
        }
        awaitWhileArriving(() -> threads.stream().noneMatch(Thread::isAlive));
        threads.stream()
                .filter(Thread::isAlive)
                .forEach(thread -> problem(thread.getName() + " could not get rid of a packet"));
    }

    private void awaitRest() throws InterruptedException {
        awaitWhileArriving(() -> missing() == 0);
        // Time for a surplus one to show.
        Thread.sleep(100);
    }

    private void awaitWhileArriving(BooleanSupplier wanted) throws InterruptedException {
        long seen = -1;
        long deadline = System.nanoTime() + settings.patience().toNanos();
        while (!wanted.getAsBoolean() && System.nanoTime() < deadline) {
            if (arrived.get() != seen) {
                seen = arrived.get();
                deadline = System.nanoTime() + settings.patience().toNanos();
                progress.at(0, 0, missing() + " packets under way");
            }
            Thread.sleep(10);
        }
    }

    private long missing() {
        long missing = 0;
        for (int from = 0; from < games.size(); from++) {
            for (int to = 0; to < games.size(); to++) {
                missing += sent.get(from * games.size() + to) - tallies[from][to].distinct();
            }
        }
        return missing;
    }

    private TrafficReport report(Duration duration) {
        List<TrafficReport.Way> ways = new ArrayList<>();
        Histogram latency = new Histogram(3);
        for (int from = 0; from < games.size(); from++) {
            for (int to = 0; to < games.size(); to++) {
                if (from != to) {
                    Tally tally = tallies[from][to];
                    long out = sent.get(from * games.size() + to);
                    ways.add(
                            new TrafficReport.Way(
                                    games.get(from).name(),
                                    games.get(to).name(),
                                    out,
                                    tally.received(),
                                    out - tally.distinct(),
                                    tally.doubled(),
                                    tally.reordered(),
                                    Duration.ofNanos(tally.longestPauseNanos())));
                    tally.addLatencyTo(latency);
                }
            }
        }
        boolean passed =
                problems.isEmpty()
                        && strangers.get() == 0
                        && ways.stream().allMatch(TrafficReport.Way::exact);
        LatencySummary summary = LatencySummary.of(latency);
        String text =
                String.format(
                        Locale.ROOT,
                        "%s: %d packets sent, %d lost, %d doubled, %d reordered, %d altered;"
                                + " p50/p99/p99.9 %s",
                        passed ? "Every packet arrived, in order, once" : "NOT right",
                        ways.stream().mapToLong(TrafficReport.Way::sent).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::lost).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::doubled).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::reordered).sum(),
                        strangers.get(),
                        summary);
        return new TrafficReport(
                passed,
                text,
                settings.transport(),
                settings.perSecond(),
                settings.size(),
                duration,
                ways,
                summary,
                strangers.get(),
                List.copyOf(problems));
    }

    private void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }

    private void close() throws InterruptedException {
        closed = true;
        for (AutoCloseable socket : open) {
            try {
                socket.close();
            } catch (Exception e) {
                problem("closing failed: " + e.getMessage());
            }
        }
        // A socket's port is free only when nobody is inside of a call to it any more.
        for (Thread reader : readers) {
            reader.join(CLOSING);
        }
    }

    private void reader(String role, Work work) {
        Runnable told =
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        if (!closed) {
                            problem("%s ended: %s".formatted(role, e.getMessage()));
                        }
                    }
                };
        readers.add(
                Thread.ofPlatform()
                        .daemon()
                        .name("kontor-traffic-%s-%d".formatted(role, readers.size() + 1))
                        .start(told));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
