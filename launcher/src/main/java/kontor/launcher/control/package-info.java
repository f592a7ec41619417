/** Listens to {@code kontor.control} for what concerns the processes of a stack. */
@NullMarked
package kontor.launcher.control;

import org.jspecify.annotations.NullMarked;
