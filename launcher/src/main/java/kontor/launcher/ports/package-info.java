/** Which ports of this machine are free, and who has the others. */
@NullMarked
package kontor.launcher.ports;

import org.jspecify.annotations.NullMarked;
