@NullMarked
package kontor.filters;

import org.jspecify.annotations.NullMarked;
