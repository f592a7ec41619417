/** Reloads: requests them, follows them, verifies them; and the services' processes. */
@NullMarked
package kontor.gateway.reloads;

import org.jspecify.annotations.NullMarked;
