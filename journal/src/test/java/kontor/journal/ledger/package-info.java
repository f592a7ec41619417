/** Tests of what the session log means for the tables. */
@NullMarked
package kontor.journal.ledger;

import org.jspecify.annotations.NullMarked;
