/** What the adapters say about themselves. Pure. */
@NullMarked
package kontor.gateway.instances;

import org.jspecify.annotations.NullMarked;
