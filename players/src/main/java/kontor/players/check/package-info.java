/** The checkers: what was received, held against what was sent. Pure. */
@NullMarked
package kontor.players.check;

import org.jspecify.annotations.NullMarked;
