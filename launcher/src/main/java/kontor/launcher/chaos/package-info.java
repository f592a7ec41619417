/** A stack as the stage of chaos. */
@NullMarked
package kontor.launcher.chaos;

import org.jspecify.annotations.NullMarked;
