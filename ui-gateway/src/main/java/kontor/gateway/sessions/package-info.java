/** Sessions: lists them, begins and ends them. */
@NullMarked
package kontor.gateway.sessions;

import org.jspecify.annotations.NullMarked;
