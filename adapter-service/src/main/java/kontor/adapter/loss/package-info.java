/**
 * How many datagrams the kernel dropped, from counters that are read now and then. Pure: no sockets
 * and no clocks.
 */
@NullMarked
package kontor.adapter.loss;

import org.jspecify.annotations.NullMarked;
