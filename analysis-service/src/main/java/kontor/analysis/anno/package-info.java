/**
 * The analyzer of Anno 1602: cuts streams into DirectPlay messages, looks into player messages for
 * the game's own protocol, and knows what a session has told about itself so far. Pure.
 */
@NullMarked
package kontor.analysis.anno;

import org.jspecify.annotations.NullMarked;
