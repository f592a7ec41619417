/** Measurements of analysis, which are no tests. */
@NullMarked
package kontor.analysis.bench;

import org.jspecify.annotations.NullMarked;
