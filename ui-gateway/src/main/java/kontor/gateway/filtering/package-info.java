/** Filters: what may be typed, and which stored events and messages one finds. */
@NullMarked
package kontor.gateway.filtering;

import org.jspecify.annotations.NullMarked;
