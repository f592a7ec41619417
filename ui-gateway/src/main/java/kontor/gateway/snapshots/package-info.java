/** Games that the lab's launcher writes to disk and lets go on from there. */
@NullMarked
package kontor.gateway.snapshots;

import org.jspecify.annotations.NullMarked;
