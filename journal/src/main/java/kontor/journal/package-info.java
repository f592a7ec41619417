/**
 * The journal: reads {@code kontor.session-events} and {@code kontor.receipts} and writes them into
 * PostgreSQL's schema {@code capture}, at its own pace, once in effect. Not on the packet's way:
 * with the database down it waits, and nothing else does.
 *
 * <p>{@link kontor.journal.KafkaLog} brings batches, {@link kontor.journal.SessionEventReader} and
 * {@link kontor.journal.ReceiptReader} read them, the pure {@link kontor.journal.ledger.Ledger}
 * says what rows follow, {@link kontor.journal.PostgresJournal} writes rows and position in one
 * transaction, and {@link kontor.journal.Journal} is the thread that goes round and has another one
 * write meanwhile. What the rows prove stands in docs/continuity.md.
 */
@NullMarked
package kontor.journal;

import org.jspecify.annotations.NullMarked;
