/**
 * Analyzers of users as the session fold sees them: functions of one message, with everything that
 * can go wrong as a value. Pure.
 */
@NullMarked
package kontor.analysis.user;

import org.jspecify.annotations.NullMarked;
