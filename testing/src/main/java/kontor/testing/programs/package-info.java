/**
 * Programs of the machine that tests ask: a browser, Wireshark's. Where one is missing they are
 * skipped.
 */
@NullMarked
package kontor.testing.programs;

import org.jspecify.annotations.NullMarked;
