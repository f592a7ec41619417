/**
 * Follows one partition of the session log: which records count, which session they belong to, and
 * what the analyzers find in them. Pure; restart is reading again.
 */
@NullMarked
package kontor.analysis.sessions;

import org.jspecify.annotations.NullMarked;
