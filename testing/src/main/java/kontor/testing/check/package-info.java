/** The checkers: what was received, held against what was sent. Pure. */
@NullMarked
package kontor.testing.check;

import org.jspecify.annotations.NullMarked;
