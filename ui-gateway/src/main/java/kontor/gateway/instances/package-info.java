/** What the adapters say about themselves. */
@NullMarked
package kontor.gateway.instances;

import org.jspecify.annotations.NullMarked;
