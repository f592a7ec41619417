/** Flows, and the bytes of one. */
@NullMarked
package kontor.gateway.flows;

import org.jspecify.annotations.NullMarked;
