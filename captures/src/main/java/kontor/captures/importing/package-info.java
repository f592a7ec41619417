/** A capture as what games did, in the order in which they did it. Pure. */
@NullMarked
package kontor.captures.importing;

import org.jspecify.annotations.NullMarked;
