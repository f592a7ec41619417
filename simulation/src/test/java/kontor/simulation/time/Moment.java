package kontor.simulation.time;

/**
 * Something that will happen.
 *
 * @param order tells moments of the same time apart
 * @param idle whether nobody waits for it
 */
record Moment(long time, long order, Life life, boolean idle, Runnable step)
        implements Comparable<Moment> {

    @Override
    public int compareTo(Moment other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
}
