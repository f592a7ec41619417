package kontor.orchestrator.sequencer;

/** Where an input record stands in its topic. */
public record InputPosition(String topic, int partition, long offset) {}
