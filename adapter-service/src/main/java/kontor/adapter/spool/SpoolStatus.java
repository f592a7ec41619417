package kontor.adapter.spool;

/**
 * A spool at one moment.
 *
 * @param events captured in this run and not yet acknowledged
 * @param bytes what is not acknowledged takes up, that of earlier runs included
 * @param publishedSequence the broker has all of this run up to this
 * @param earlierBytes what earlier runs left and is not acknowledged
 * @param damagedBytes found unreadable and given up since the start
 * @param writable false while the disk refuses what is captured
 */
public record SpoolStatus(
        long events,
        long bytes,
        long publishedSequence,
        long earlierBytes,
        long damagedBytes,
        boolean writable) {

    /** Of a spool in which nothing has been yet. */
    public static final SpoolStatus NEW = new SpoolStatus(0, 0, 0, 0, 0, true);
}
