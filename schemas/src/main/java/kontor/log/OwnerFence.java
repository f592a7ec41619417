package kontor.log;

/**
 * Decides which records of one partition of {@code kontor.session-events} count, read in the order
 * of the log (ARCHITECTURE, "Ownership"; ADR 0031).
 *
 * <ul>
 *   <li>A claim counts if its epoch is higher than all before it; so of two claims with one epoch
 *       the first counts.
 *   <li>Any other record counts unless its epoch is lower than one before it. Nobody writes with an
 *       epoch before its claim stands in the log, so a record of a higher epoch proves that claim,
 *       whether or not it was read: retention may have deleted it, or it could not be decoded.
 * </ul>
 *
 * <p>Every record of the partition has to pass here, also those that belong to no session.
 *
 * <p>Mutable, for one thread.
 */
public final class OwnerFence {

    private long epoch;

    /** What a record is worth. */
    public enum Standing {
        /** It counts. */
        CURRENT,
        /**
         * It counts, and its owner's claim was not read. So what was read before, with lower
         * epochs, may stand behind that claim: it may have been void.
         */
        UNCLAIMED,
        /** An earlier owner wrote it behind a later one's claim: it changes nothing. */
        VOID
    }

    /** A fence that knows nothing of what stands before the first record. */
    public OwnerFence() {
        this(0);
    }

    /**
     * A fence for a reader that goes on in the middle of the log.
     *
     * @param epoch the {@link #epoch()} at that place; 0 where it is not known
     */
    public OwnerFence(long epoch) {
        this.epoch = epoch;
    }

    /**
     * Takes the next record of the partition.
     *
     * @param recordEpoch the record's owner epoch
     * @param claim whether it is a claim
     */
    public Standing on(long recordEpoch, boolean claim) {
        long before = epoch;
        if (recordEpoch < before || (claim && recordEpoch == before)) {
            return Standing.VOID;
        }
        epoch = recordEpoch;
        return claim || before == 0 || recordEpoch == before
                ? Standing.CURRENT
                : Standing.UNCLAIMED;
    }

    /** The highest epoch known to be claimed; 0 before the first. */
    public long epoch() {
        return epoch;
    }
}
