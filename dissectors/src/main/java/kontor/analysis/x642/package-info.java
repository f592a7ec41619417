/**
 * What Anno 1602 says to Anno 1602 inside DirectPlay's player messages, as far as it is known
 * (docs/protocol/x642.md). Pure.
 */
@NullMarked
package kontor.analysis.x642;

import org.jspecify.annotations.NullMarked;
