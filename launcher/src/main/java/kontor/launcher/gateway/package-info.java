/** The gateway's REST API, as far as commands ask it. */
@NullMarked
package kontor.launcher.gateway;

import org.jspecify.annotations.NullMarked;
