/**
 * The processes themselves: prepares, starts, watches, signals and ends them. The edge around
 * {@link kontor.launcher.supervision}.
 */
@NullMarked
package kontor.launcher.process;

import org.jspecify.annotations.NullMarked;
