package kontor.players.games;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kontor.players.check.SequenceCheck;
import kontor.players.check.StreamCheck;
import kontor.players.directplay.SystemMessage;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * What all games of a demo have sent each other and received, until it is checked and forgotten.
 * Thread-safe.
 */
final class Ledger {

    private final Map<Stream, ByteArrayOutputStream> written = new HashMap<>();
    private final Map<Stream, ByteArrayOutputStream> read = new HashMap<>();
    private final Map<Port, List<Bytes>> sent = new HashMap<>();
    private final Map<Port, List<Bytes>> received = new HashMap<>();

    /** The n-th connection, from 0, that one game opened to another since the last check. */
    record Stream(InstanceName from, InstanceName to, int ordinal) {}

    /** A port of a game that another one sends datagrams to. */
    record Port(InstanceName from, InstanceName to, int port) {}

    /**
     * Before the bytes are on their way, and by the thread that sends them.
     *
     * @param bytes as they have to arrive
     */
    synchronized void wrote(Stream stream, Bytes bytes) {
        written.computeIfAbsent(stream, _ -> new ByteArrayOutputStream())
                .writeBytes(bytes.toByteArray());
    }

    synchronized void read(Stream stream, byte[] buffer, int length) {
        read.computeIfAbsent(stream, _ -> new ByteArrayOutputStream()).write(buffer, 0, length);
        notifyAll();
    }

    synchronized void sent(Port port, Bytes datagram) {
        sent.computeIfAbsent(port, _ -> new ArrayList<>()).add(datagram);
    }

    synchronized void received(Port port, Bytes datagram) {
        received.computeIfAbsent(port, _ -> new ArrayList<>()).add(datagram);
        notifyAll();
    }

    /** Waits until as much has arrived as was sent, to and from everybody. */
    synchronized boolean awaitSettled(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        while (!settled()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean settled() {
        return written.keySet().stream().allMatch(s -> size(read, s) >= size(written, s))
                && sent.keySet().stream()
                        .allMatch(p ->
                                received.getOrDefault(p, List.of()).size()
                                        >= sent.getOrDefault(p, List.of()).size());
    }

    private static int size(Map<Stream, ByteArrayOutputStream> streams, Stream stream) {
        ByteArrayOutputStream bytes = streams.get(stream);
        return bytes == null ? 0 : bytes.size();
    }

    /** Compares what was sent with what was received, and forgets it. */
    synchronized List<DemoReport.Way> check() {
        Map<String, DemoReport.Way> ways = new TreeMap<>();
        for (Stream stream : union(written.keySet(), read.keySet())) {
            Bytes out = bytes(written, stream);
            Bytes in = bytes(read, stream);
            boolean exact = StreamCheck.of(out, in).exact();
            SequenceCheck check = SequenceCheck.of(SystemMessage.cut(out), SystemMessage.cut(in));
            add(
                    ways,
                    new DemoReport.Way(
                            stream.from,
                            stream.to,
                            "tcp",
                            out.length(),
                            in.length(),
                            check,
                            exact ? 0 : 1));
        }
        for (Port port : union(sent.keySet(), received.keySet())) {
            List<Bytes> out = sent.getOrDefault(port, List.of());
            List<Bytes> in = received.getOrDefault(port, List.of());
            add(
                    ways,
                    new DemoReport.Way(
                            port.from,
                            port.to,
                            "udp",
                            total(out),
                            total(in),
                            SequenceCheck.of(out, in),
                            0));
        }
        written.clear();
        read.clear();
        sent.clear();
        received.clear();
        return List.copyOf(ways.values());
    }

    static void add(Map<String, DemoReport.Way> ways, DemoReport.Way way) {
        ways.merge(
                "%s %s %s".formatted(way.from(), way.to(), way.transport()),
                way,
                DemoReport.Way::plus);
    }

    private static <T> Collection<T> union(Collection<T> some, Collection<T> others) {
        List<T> all = new ArrayList<>(some);
        others.stream().filter(other -> !some.contains(other)).forEach(all::add);
        return all;
    }

    private static Bytes bytes(Map<Stream, ByteArrayOutputStream> streams, Stream stream) {
        ByteArrayOutputStream bytes = streams.get(stream);
        return bytes == null ? Bytes.empty() : Bytes.owning(bytes.toByteArray());
    }

    private static long total(List<Bytes> datagrams) {
        return datagrams.stream().mapToLong(Bytes::length).sum();
    }
}
