package kontor.adapter.spool;

import kontor.vocabulary.RunId;

/**
 * Where an event stands.
 *
 * @param run the life of the adapter that captured it
 * @param sequence its adapter sequence in that run
 * @param end position in the spool behind it, in bytes since the spool's very beginning
 */
public record SpoolPlace(RunId run, long sequence, long end) {}
