/** Captured events that the broker has not acknowledged yet. */
@NullMarked
package kontor.adapter.spool;

import org.jspecify.annotations.NullMarked;
