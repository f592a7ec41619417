@NullMarked
package kontor.filters.syntax;

import org.jspecify.annotations.NullMarked;
