/** Makes a game stand still and go on, by control group or by signals; remembers that it did. */
@NullMarked
package kontor.adapter.freezer;

import org.jspecify.annotations.NullMarked;
