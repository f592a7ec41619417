/**
 * What the adapter saw its game do, and how each such event is numbered, stamped and summed. Pure:
 * no sockets, clocks or broker.
 */
@NullMarked
package kontor.adapter.capture;

import org.jspecify.annotations.NullMarked;
