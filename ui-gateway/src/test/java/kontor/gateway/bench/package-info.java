/** Measurements of the gateway, which are no tests. */
@NullMarked
package kontor.gateway.bench;

import org.jspecify.annotations.NullMarked;
