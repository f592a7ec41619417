/**
 * What the session log means for the tables: {@link kontor.journal.ledger.Ledger} reads entry after
 * entry and says which rows follow, what is void, a repeat or missing. Pure.
 */
@NullMarked
package kontor.journal.ledger;

import org.jspecify.annotations.NullMarked;
