/** Capture files: frames with valid headers, and pcapng blocks. Pure. */
@NullMarked
package kontor.captures.writing;

import org.jspecify.annotations.NullMarked;
