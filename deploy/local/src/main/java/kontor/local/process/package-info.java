/**
 * The processes themselves: prepares, starts, watches, signals and ends them. The edge around
 * {@link kontor.local.supervision}.
 */
@NullMarked
package kontor.local.process;

import org.jspecify.annotations.NullMarked;
