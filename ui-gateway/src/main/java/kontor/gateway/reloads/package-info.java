/** What is heard of reloads and of the services' processes. Pure. */
@NullMarked
package kontor.gateway.reloads;

import org.jspecify.annotations.NullMarked;
