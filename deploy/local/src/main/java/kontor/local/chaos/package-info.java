/** A stack as the stage of chaos. */
@NullMarked
package kontor.local.chaos;

import org.jspecify.annotations.NullMarked;
