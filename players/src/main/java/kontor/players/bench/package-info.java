/** How long a packet takes through the lab, beside what Kafka alone needs for it. */
@NullMarked
package kontor.players.bench;

import org.jspecify.annotations.NullMarked;
