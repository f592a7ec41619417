/** Sessions as files that other programs read. */
@NullMarked
package kontor.gateway.export;

import org.jspecify.annotations.NullMarked;
