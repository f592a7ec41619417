/**
 * What is going on now: recent events and results in memory, and how one reader follows them. Pure.
 */
@NullMarked
package kontor.gateway.live;

import org.jspecify.annotations.NullMarked;
