@NullMarked
package kontor.captures.importing;

import org.jspecify.annotations.NullMarked;
