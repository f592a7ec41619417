/**
 * The contract between the services on Kafka: names of topics and headers, how a message becomes a
 * record and a record a message again, and the topics' settings.
 */
@NullMarked
package kontor.topics;

import org.jspecify.annotations.NullMarked;
