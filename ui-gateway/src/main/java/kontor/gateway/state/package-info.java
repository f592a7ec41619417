/** The game's state at any event of a session, and values over time. */
@NullMarked
package kontor.gateway.state;

import org.jspecify.annotations.NullMarked;
