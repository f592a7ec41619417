/**
 * Finding what a number, a series of numbers or an action of the player is in the bytes of a
 * session: label, repeat, narrow.
 */
@NullMarked
package kontor.gateway.finding;

import org.jspecify.annotations.NullMarked;
