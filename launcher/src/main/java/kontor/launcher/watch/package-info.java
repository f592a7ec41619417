/** Watches the sources of the services, builds what has changed, and reloads it. */
@NullMarked
package kontor.launcher.watch;

import org.jspecify.annotations.NullMarked;
