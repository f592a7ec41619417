/** Runs: stored sessions dissected again with other analyzers, and compared. */
@NullMarked
package kontor.gateway.runs;

import org.jspecify.annotations.NullMarked;
