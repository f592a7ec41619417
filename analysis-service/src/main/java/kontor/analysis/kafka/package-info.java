/**
 * The edge to Kafka: reads {@code kontor.session-events}, writes {@code kontor.analysis}, and
 * drives the fold between them.
 */
@NullMarked
package kontor.analysis.kafka;

import org.jspecify.annotations.NullMarked;
