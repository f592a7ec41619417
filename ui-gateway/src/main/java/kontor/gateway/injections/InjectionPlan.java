package kontor.gateway.injections;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;

/**
 * What is to be injected, and when.
 *
 * @param instance that seems to send it
 * @param steps one after the other
 * @param times how often all of them
 * @param everyMillis between the last and the first of the next time
 */
record InjectionPlan(
        UUID session,
        String lab,
        String instance,
        Way way,
        List<Step> steps,
        int times,
        long everyMillis,
        String author) {

    InjectionPlan {
        steps = List.copyOf(steps);
    }

    /** How it gets there. */
    sealed interface Way {

        /** As datagrams, with the addresses that the sender sees. */
        record Datagrams(InetSocketAddress source, InetSocketAddress destination) implements Way {}

        /** In a TCP flow of the session, between two messages. */
        record Stream(int flow, boolean fromOpener, FlowReference reference) implements Way {}
    }

    /** A packet, so long after the one before. */
    record Step(long afterMillis, Bytes payload) {}

    long total() {
        return (long) steps.size() * times;
    }
}
