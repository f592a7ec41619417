/**
 * How fast datagrams are given to the game: what piled up while something stood still does not
 * leave in one burst. Pure: no sockets and no clocks.
 */
@NullMarked
package kontor.adapter.pace;

import org.jspecify.annotations.NullMarked;
