/** Tests of the journal: against a real broker and a real database where it says IT. */
@NullMarked
package kontor.journal;

import org.jspecify.annotations.NullMarked;
