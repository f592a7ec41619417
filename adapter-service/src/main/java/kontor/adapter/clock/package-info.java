/** How far the broker's clock is from this machine's. Pure: reads no clock itself. */
@NullMarked
package kontor.adapter.clock;

import org.jspecify.annotations.NullMarked;
