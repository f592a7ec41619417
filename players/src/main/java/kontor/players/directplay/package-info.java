/**
 * Messages of DirectPlay 4 and of Anno 1602 itself, as bytes: enough to meet in a lobby, play and
 * leave. Built and read by named offsets; nothing here knows of sockets.
 */
@NullMarked
package kontor.players.directplay;

import org.jspecify.annotations.NullMarked;
