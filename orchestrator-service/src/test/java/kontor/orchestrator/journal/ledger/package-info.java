/** Tests of what the session log means for the tables. */
@NullMarked
package kontor.orchestrator.journal.ledger;

import org.jspecify.annotations.NullMarked;
