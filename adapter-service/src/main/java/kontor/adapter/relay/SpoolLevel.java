package kontor.adapter.relay;

/** How full the spool is, from the least to the most. */
public enum SpoolLevel {
    /** Read on. */
    FREE,
    /** Above high water: no reading from connections until it is below low water. */
    HIGH,
    /** At its bound: datagrams are counted, not kept. */
    FULL
}
