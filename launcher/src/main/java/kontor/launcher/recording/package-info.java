/** Keeps pictures of the games' screens, off the packet path. */
@NullMarked
package kontor.launcher.recording;

import org.jspecify.annotations.NullMarked;
