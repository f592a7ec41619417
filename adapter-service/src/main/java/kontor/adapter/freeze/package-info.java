/**
 * When the game stands still, and when it goes on again: a state machine without clock, files or
 * processes.
 */
@NullMarked
package kontor.adapter.freeze;

import org.jspecify.annotations.NullMarked;
