package kontor.players.chaos;

import java.util.List;
import kontor.players.traffic.Copies;
import kontor.vocabulary.Bytes;

/**
 * What a recording says of rules and injections.
 *
 * @param copies numbered datagrams that were dropped or changed, and how often they were passed on
 * @param injected what was injected and passed on, in the order of the session
 * @param mutatedInStreams events of streams that rules changed
 * @param held events that waited
 * @param waiting what waits still
 * @param trial what the same rules say when they look at the recording again
 */
public record Recorded(
        List<Copies> copies,
        List<Bytes> injected,
        long mutatedInStreams,
        long held,
        long waiting,
        Trial trial) {

    public Recorded {
        copies = List.copyOf(copies);
        injected = List.copyOf(injected);
    }

    /**
     * A second look.
     *
     * @param whole whether it saw all of the session
     * @param changed events that they would change, without those that were lost
     * @param overflowed events that were lost because too much waited: the rules did not decide
     *     that, and a second look cannot either
     */
    public record Trial(boolean whole, long changed, long overflowed) {}

    /** Events that rules changed, by the recording; not those that found too much waiting. */
    long changed() {
        return copies.size() + mutatedInStreams - trial.overflowed();
    }

    long lost() {
        return copies.stream().filter(one -> one.copies() == 0).count();
    }

    long doubled() {
        return copies.stream().filter(one -> one.copies() > 1).count();
    }
}
