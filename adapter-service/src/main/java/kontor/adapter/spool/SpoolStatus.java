package kontor.adapter.spool;

/**
 * A spool at one moment.
 *
 * @param events captured and not yet acknowledged
 * @param bytes what they count for
 * @param publishedSequence the broker has all up to this
 */
public record SpoolStatus(long events, long bytes, long publishedSequence) {}
