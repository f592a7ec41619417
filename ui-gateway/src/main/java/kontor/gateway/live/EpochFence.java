package kontor.gateway.live;

/**
 * Tells the records of a partition's present owner from those of an earlier one. Used by one
 * thread.
 *
 * <p>Reading begins in the middle of the log, where the claim that counts may already be behind:
 * the first record of a higher epoch then shows that there was one, and that all before it is in
 * doubt.
 */
public final class EpochFence {

    /** What to do with a record. */
    public enum Word {
        /** Take it. */
        CURRENT,
        /** Written behind the claim of a later owner: ignore it. */
        VOID,
        /** Take it, and forget what this partition said before: its claim was not read. */
        DOUBTFUL_BEFORE
    }

    private long highest;
    private boolean any;

    /** Of one who begins to read in the middle of the log, or at its beginning. */
    public EpochFence() {}

    /**
     * Of one who begins to read in the middle of the log and knows what stands before.
     *
     * @param claimed the highest epoch that is claimed there
     */
    public EpochFence(long claimed) {
        highest = claimed;
        any = true;
    }

    /**
     * @param epoch of the record
     * @param claim whether the record is the claim itself
     */
    public Word on(long epoch, boolean claim) {
        if (any && epoch < highest) {
            return Word.VOID;
        }
        boolean unclaimed = any && epoch > highest && !claim;
        highest = Math.max(highest, epoch);
        any = true;
        return unclaimed ? Word.DOUBTFUL_BEFORE : Word.CURRENT;
    }
}
