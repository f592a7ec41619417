package kontor.analysis.store;

/**
 * How far a partition is read.
 *
 * @param nextOffset of the first record whose findings are not stored
 * @param epoch the highest claimed before it
 */
public record Position(String topic, int partition, long nextOffset, long epoch) {}
