/** The edge to Kafka that reads: follows the logs and keeps what is recent. */
@NullMarked
package kontor.gateway.tail;

import org.jspecify.annotations.NullMarked;
