package kontor.captures.importing;

import java.net.InetSocketAddress;
import kontor.vocabulary.Bytes;

/**
 * Something that an instance did.
 *
 * <p>Flows have numbers 1, 2, 3 ... in the order in which their openers opened them.
 */
public sealed interface ImportedDeed {

    long atNanos();

    /** Who did it. */
    String instance();

    /** In a TCP connection, which {@code opener} opened. */
    sealed interface InFlow extends ImportedDeed {

        String opener();

        int flow();
    }

    record Opened(
            long atNanos,
            String instance,
            int flow,
            InetSocketAddress source,
            InetSocketAddress destination)
            implements InFlow {

        @Override
        public String opener() {
            return instance;
        }
    }

    record Accepted(
            long atNanos,
            String instance,
            String opener,
            int flow,
            InetSocketAddress source,
            InetSocketAddress destination)
            implements InFlow {}

    record Refused(long atNanos, String instance, String opener, int flow) implements InFlow {}

    /**
     * @param offset of the first byte in what this instance wrote into the flow
     */
    record Wrote(long atNanos, String instance, String opener, int flow, long offset, Bytes payload)
            implements InFlow {}

    /**
     * @param length of all that it had written
     */
    record Finished(long atNanos, String instance, String opener, int flow, long length)
            implements InFlow {}

    /**
     * @param length of all that it had written
     */
    record Reset(long atNanos, String instance, String opener, int flow, long length)
            implements InFlow {}

    record Sent(
            long atNanos,
            String instance,
            InetSocketAddress source,
            InetSocketAddress destination,
            Bytes payload)
            implements ImportedDeed {}
}
