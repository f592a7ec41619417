/** Captures of elsewhere as sessions like any other. */
@NullMarked
package kontor.gateway.imports;

import org.jspecify.annotations.NullMarked;
