package kontor.gateway.live;

import java.util.List;

/** What a {@link Feed} wants done next. */
public sealed interface FeedStep {

    /** Hand these to the reader, in this order. */
    record Emit(List<FeedItem> items) implements FeedStep {

        public Emit {
            items = List.copyOf(items);
        }
    }

    /** Read up to {@code limit} events above {@code after} from the database, rising. */
    record ReadEvents(long after, int limit) implements FeedStep {}

    /**
     * Read analysis results from {@code from} to {@code through}, both included, from the database,
     * rising, {@code limit} at most.
     */
    record ReadResults(long from, long through, int limit) implements FeedStep {}

    /** Wait for news of the session, but no longer than this. */
    record Await(long nanos) implements FeedStep {}
}
