/** A made-up session for tests: as log, as receipts, as analysis results and as rows. */
@NullMarked
package kontor.gateway.sample;

import org.jspecify.annotations.NullMarked;
