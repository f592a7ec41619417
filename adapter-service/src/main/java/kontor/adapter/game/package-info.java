/**
 * The edge towards the game: listeners, outgoing connections, datagram sockets, all on one event
 * loop, which carries out the effects that {@link kontor.adapter.relay.Relay} decides on.
 */
@NullMarked
package kontor.adapter.game;

import org.jspecify.annotations.NullMarked;
