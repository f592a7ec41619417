/** The journal around the real ledger, and a database with transactions. */
@NullMarked
package kontor.simulation.journal;

import org.jspecify.annotations.NullMarked;
