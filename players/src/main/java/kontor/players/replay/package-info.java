/**
 * Plays a capture back through a lab: a plan is made of it (pure), stand-in games carry it out on
 * real sockets, and what arrives is held against what each game itself sent.
 */
@NullMarked
package kontor.players.replay;

import org.jspecify.annotations.NullMarked;
