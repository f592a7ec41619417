/**
 * Makes the AOT caches that JVMs start from: a small stack of its own, which records itself while
 * games play in it.
 */
@NullMarked
package kontor.launcher.training;

import org.jspecify.annotations.NullMarked;
