/**
 * The edge of the sequencer: reads and writes topics, gives each partition its owner thread, and
 * translates between protobuf and the pure packages.
 */
@NullMarked
package kontor.orchestrator.kafka;

import org.jspecify.annotations.NullMarked;
