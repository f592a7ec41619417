package kontor.log;

/**
 * Where a record that counts stands in its session: sequences are 1, 2, 3 ... without gaps, and a
 * record whose sequence was read before is the same record, sent again.
 */
public enum SessionOrder {
    /** The one that has to come. */
    NEXT,
    /** Read before; it changes nothing. */
    REPEATED,
    /** Records before it are missing. It counts all the same: readers go on and report the gap. */
    AFTER_GAP;

    /**
     * @param last the highest sequence read of the session; 0 for none
     * @param sequence that of the record
     */
    public static SessionOrder of(long last, long sequence) {
        if (sequence <= last) {
            return REPEATED;
        }
        return sequence == last + 1 ? NEXT : AFTER_GAP;
    }
}
