/** Adapters on other people's computers: who they are to the broker, and what they may do. */
@NullMarked
package kontor.launcher.guests;

import org.jspecify.annotations.NullMarked;
