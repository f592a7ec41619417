/** A recorded session as a capture: packets rebuilt from what the games said, in order. Pure. */
@NullMarked
package kontor.captures.export;

import org.jspecify.annotations.NullMarked;
