@NullMarked
package kontor.filters.evaluation;

import org.jspecify.annotations.NullMarked;
