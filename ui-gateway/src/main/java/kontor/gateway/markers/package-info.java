/** Labelled moments of sessions. */
@NullMarked
package kontor.gateway.markers;

import org.jspecify.annotations.NullMarked;
