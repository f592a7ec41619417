/**
 * A whole stack as one thing: start it in a data directory, know its processes, kill, stop and
 * start them one by one, stop it all. What the {@code kontor} command and whole-system tests use.
 */
@NullMarked
package kontor.launcher.stack;

import org.jspecify.annotations.NullMarked;
