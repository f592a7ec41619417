/** The adapter: owns the network connections of one game instance. */
@NullMarked
package kontor.adapter;

import org.jspecify.annotations.NullMarked;
