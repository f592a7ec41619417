/** Games written to disk by CRIU and continued from there, where a machine can. */
@NullMarked
package kontor.launcher.snapshots;

import org.jspecify.annotations.NullMarked;
