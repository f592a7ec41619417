/**
 * Numbered traffic: packets of a size at a rate, each numbered, timed and with a checksum, so that
 * receivers can tell what was lost, doubled, reordered or altered, and how long it took.
 */
@NullMarked
package kontor.players.traffic;

import org.jspecify.annotations.NullMarked;
