/**
 * Which process may start when, which must stop when, and what follows from an exit: the decisions
 * of the supervisor. Pure: inputs in, effects out; time is an argument.
 */
@NullMarked
package kontor.launcher.supervision;

import org.jspecify.annotations.NullMarked;
