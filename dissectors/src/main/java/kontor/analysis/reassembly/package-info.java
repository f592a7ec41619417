/**
 * Makes streams of what a game wrote into a TCP flow: one buffer per flow and direction, which
 * knows of each of its bytes in which session event it came. Pure.
 */
@NullMarked
package kontor.analysis.reassembly;

import org.jspecify.annotations.NullMarked;
