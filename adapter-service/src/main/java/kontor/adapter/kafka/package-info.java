/** The edge towards the broker: captured events and receipts out, commands in. */
@NullMarked
package kontor.adapter.kafka;

import org.jspecify.annotations.NullMarked;
