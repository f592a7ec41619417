@NullMarked
package kontor.captures.export;

import org.jspecify.annotations.NullMarked;
