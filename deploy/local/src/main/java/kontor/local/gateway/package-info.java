/** The gateway's REST API, as far as commands ask it. */
@NullMarked
package kontor.local.gateway;

import org.jspecify.annotations.NullMarked;
