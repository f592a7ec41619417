package kontor.players.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * What the stand-ins have to do, and what has to arrive.
 *
 * @param scripts for each instance its steps, in order of time
 */
record Plan(List<Link> links, List<Way> ways, Map<InstanceName, List<Step>> scripts) {

    Plan {
        links = List.copyOf(links);
        ways = List.copyOf(ways);
        scripts = Map.copyOf(scripts);
    }

    List<Step> script(InstanceName instance) {
        return scripts.getOrDefault(instance, List.of());
    }

    long firstAtNanos() {
        return scripts.values().stream()
                .flatMap(List::stream)
                .mapToLong(Step::atNanos)
                .min()
                .orElse(0);
    }

    int stepCount() {
        return scripts.values().stream().mapToInt(List::size).sum();
    }

    /** All that {@code instance} writes into a link. */
    Bytes stream(Link link, InstanceName instance) {
        List<Bytes> pieces = new ArrayList<>();
        for (Step step : script(instance)) {
            if (step instanceof Step.Write write && write.link().equals(link)) {
                pieces.add(write.payload());
            }
        }
        byte[] joined = new byte[pieces.stream().mapToInt(Bytes::length).sum()];
        int at = 0;
        for (Bytes piece : pieces) {
            System.arraycopy(piece.toByteArray(), 0, joined, at, piece.length());
            at += piece.length();
        }
        return Bytes.owning(joined);
    }

    /** All that has to arrive on a way: what is sent on it alone, and what is sent to all. */
    List<Bytes> datagrams(Way way) {
        List<Bytes> datagrams = new ArrayList<>();
        for (Step step : script(way.from())) {
            if (step instanceof Step.Send send && send.way().equals(way)) {
                datagrams.add(send.payload());
            } else if (step instanceof Step.Broadcast all && all.ways().contains(way)) {
                datagrams.add(all.payload());
            }
        }
        return datagrams;
    }

    boolean finishes(Link link, InstanceName instance) {
        return script(instance).stream()
                .anyMatch(step -> step instanceof Step.Finish f && f.link().equals(link));
    }

    boolean resets(Link link, InstanceName instance) {
        return script(instance).stream()
                .anyMatch(step -> step instanceof Step.Reset r && r.link().equals(link));
    }

    /**
     * A TCP connection.
     *
     * @param number index in the plan
     * @param openerPort the port that the opener came from in the capture
     * @param refused the attempt failed in the capture, and has to
     * @param mustReachTarget at least so many of the opener's bytes have to arrive: all, but for
     *     those that the capture's target no longer had when it reset
     * @param mustReachOpener the same the other way
     */
    record Link(
            int number,
            InstanceName opener,
            InstanceName target,
            int openerPort,
            int targetPort,
            boolean refused,
            long mustReachTarget,
            long mustReachOpener) {

        InstanceName other(InstanceName one) {
            return one.equals(opener) ? target : opener;
        }

        long mustReach(InstanceName receiver) {
            return receiver.equals(target) ? mustReachTarget : mustReachOpener;
        }
    }

    /** The way of datagrams from one port to another. */
    record Way(int number, InstanceName from, int fromPort, InstanceName to, int toPort) {}

    /** One thing that a stand-in does, as soon as its causes are there. */
    sealed interface Step {

        /** When, in the capture. */
        long atNanos();

        List<Cause> causes();

        record Open(long atNanos, List<Cause> causes, Link link) implements Step {}

        record Write(long atNanos, List<Cause> causes, Link link, Bytes payload) implements Step {}

        record Finish(long atNanos, List<Cause> causes, Link link) implements Step {}

        record Reset(long atNanos, List<Cause> causes, Link link) implements Step {}

        record Send(long atNanos, List<Cause> causes, Way way, Bytes payload) implements Step {}

        /**
         * A datagram to all of the network.
         *
         * @param ways to every other game of the plan
         */
        record Broadcast(
                long atNanos,
                List<Cause> causes,
                int fromPort,
                int toPort,
                List<Way> ways,
                Bytes payload)
                implements Step {}
    }

    /** What a game had come to know, in the capture, before it took its step. */
    sealed interface Cause {

        record Accepted(Link link) implements Cause {}

        record BytesArrived(Link link, long count) implements Cause {}

        record DatagramsArrived(Way way, int count) implements Cause {}

        record ResetArrived(Link link) implements Cause {}
    }
}
