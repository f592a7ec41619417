/** Puts the service together. */
@NullMarked
package kontor.analysis.assembly;

import org.jspecify.annotations.NullMarked;
