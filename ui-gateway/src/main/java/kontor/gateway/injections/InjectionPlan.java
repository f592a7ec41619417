package kontor.gateway.injections;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;

/**
 * What is to be injected, and when.
 *
 * @param instance that seems to send it
 * @param steps one after the other
 * @param times how often all of them
 * @param everyMillis between the last and the first of the next time
 * @param answered each time this comes; null: at once
 */
record InjectionPlan(
        UUID session,
        String lab,
        String instance,
        Way way,
        List<Step> steps,
        int times,
        long everyMillis,
        @Nullable Answered answered,
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

    /**
     * What is waited for.
     *
     * @param after events behind this one count
     * @param filter in text, as it was checked
     */
    record Answered(long after, String filter) {}

    /**
     * A packet, so long after the one before.
     *
     * @param copies what an answer takes from what it answers, in this order
     */
    record Step(long afterMillis, Bytes template, List<Copy> copies) {

        Step {
            copies = List.copyOf(copies);
        }

        /**
         * What is sent.
         *
         * @param received what it answers; empty bytes where it answers nothing
         * @return empty where that is too short for what is copied from it
         */
        Optional<Bytes> payload(Bytes received) {
            Bytes payload = template;
            for (Copy copy : copies) {
                int from = copy.from < 0 ? received.length() + copy.from : copy.from;
                if (from < 0 || copy.length > received.length() - from) {
                    return Optional.empty();
                }
                payload = replaced(payload, copy.at, received.slice(from, copy.length));
            }
            return Optional.of(payload);
        }
    }

    /**
     * Bytes of what is answered.
     *
     * @param at where they go; so many are there
     * @param from where they come from; -1 is the last
     */
    record Copy(int at, int from, int length) {}

    /** The same bytes with others in the place of as many. */
    static Bytes replaced(Bytes bytes, int at, Bytes others) {
        return bytes.slice(0, at).plus(others).plus(bytes.from(at + others.length()));
    }

    long total() {
        return (long) steps.size() * times;
    }
}
