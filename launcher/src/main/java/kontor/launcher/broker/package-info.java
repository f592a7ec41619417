/** The Kafka broker: one process, one node, its log in the data directory. */
@NullMarked
package kontor.launcher.broker;

import org.jspecify.annotations.NullMarked;
