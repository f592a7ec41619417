package kontor.adapter.spool;

import kontor.vocabulary.Bytes;

/**
 * An event as it waits for the broker.
 *
 * @param message what {@link EventEncoding} made of it
 */
public record SpooledEvent(SpoolPlace place, Bytes message) {}
