/**
 * The thinking part: the flows between this game and the others, and the commands to them. Pure:
 * inputs in, effects out; it touches no socket, clock or broker.
 */
@NullMarked
package kontor.adapter.relay;

import org.jspecify.annotations.NullMarked;
