/**
 * Code of users in the own process: compiled in memory, restricted to a list of classes, charged
 * for what it does. Knows nothing of what the code is for.
 */
@NullMarked
package kontor.sandbox;

import org.jspecify.annotations.NullMarked;
