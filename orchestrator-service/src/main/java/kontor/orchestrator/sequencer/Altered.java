package kontor.orchestrator.sequencer;

import kontor.vocabulary.Bytes;

/**
 * What a recipient is sent in place of an event's own payload.
 *
 * @param bytes of the end of a flow: what was held back until then
 * @param copies of a datagram: how often it is sent
 */
public record Altered(Bytes bytes, int copies) {}
