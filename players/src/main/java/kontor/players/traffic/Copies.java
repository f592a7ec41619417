package kontor.players.traffic;

import kontor.vocabulary.InstanceName;

/**
 * How often a numbered packet arrived, or was passed on.
 *
 * @param number 0, 1, 2 ... from this sender to this receiver
 * @param copies 0: not at all
 */
public record Copies(InstanceName from, InstanceName to, long number, int copies) {

    /** Whose it is, without how often. */
    record Which(InstanceName from, InstanceName to, long number) {}

    Which which() {
        return new Which(from, to, number);
    }
}
