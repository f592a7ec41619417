/**
 * Stand-in games: they find each other's session, join, play and leave in real DirectPlay 4, on
 * real sockets, each at its own instance's address, and note what they send and receive.
 */
@NullMarked
package kontor.players.games;

import org.jspecify.annotations.NullMarked;
