/** Captured events that the broker has not acknowledged yet, on disk. */
@NullMarked
package kontor.adapter.spool;

import org.jspecify.annotations.NullMarked;
