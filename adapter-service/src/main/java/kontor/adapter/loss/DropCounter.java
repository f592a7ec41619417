package kontor.adapter.loss;

/**
 * The counter of drops of one socket: 32 bits, 0 when the socket is made, and after 4,294,967,295
 * comes 0. Not thread-safe.
 */
public final class DropCounter {

    private static final long VALUES = 1L << Integer.SIZE;

    private long latest;

    /**
     * @return how many more than at the last reading, the first time than 0
     */
    public long more(long counter) {
        long more = since(latest, counter);
        latest = counter;
        return more;
    }

    static long since(long earlier, long later) {
        return Math.floorMod(later - earlier, VALUES);
    }
}
