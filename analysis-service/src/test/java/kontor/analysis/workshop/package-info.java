@NullMarked
package kontor.analysis.workshop;

import org.jspecify.annotations.NullMarked;
