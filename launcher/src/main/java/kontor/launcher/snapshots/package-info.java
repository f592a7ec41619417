/** Whether games can be written to disk and continued from there on this machine. */
@NullMarked
package kontor.launcher.snapshots;

import org.jspecify.annotations.NullMarked;
