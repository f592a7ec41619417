/** The {@code kontor} command. */
@NullMarked
package kontor.local;

import org.jspecify.annotations.NullMarked;
