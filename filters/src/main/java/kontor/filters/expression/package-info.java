@NullMarked
package kontor.filters.expression;

import org.jspecify.annotations.NullMarked;
