/** What a run of the library tells: progress while it runs, then a report as table and JSON. */
@NullMarked
package kontor.players.report;

import org.jspecify.annotations.NullMarked;
