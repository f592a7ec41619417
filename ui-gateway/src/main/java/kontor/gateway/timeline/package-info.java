/** A session over its whole time. */
@NullMarked
package kontor.gateway.timeline;

import org.jspecify.annotations.NullMarked;
