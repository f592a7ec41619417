/** Session events: one, a page of them, and how many there are. */
@NullMarked
package kontor.gateway.events;

import org.jspecify.annotations.NullMarked;
