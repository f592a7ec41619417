/** The {@code kontor} command. */
@NullMarked
package kontor.launcher;

import org.jspecify.annotations.NullMarked;
