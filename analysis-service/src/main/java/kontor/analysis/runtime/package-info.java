/** Settings, metrics and state of the running service. */
@NullMarked
package kontor.analysis.runtime;

import org.jspecify.annotations.NullMarked;
