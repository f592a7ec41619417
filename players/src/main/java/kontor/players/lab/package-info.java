/** A relay without a log: connects the games of a lab in one process, for testing the testers. */
@NullMarked
package kontor.players.lab;

import org.jspecify.annotations.NullMarked;
