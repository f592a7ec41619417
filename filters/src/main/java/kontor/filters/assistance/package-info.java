@NullMarked
package kontor.filters.assistance;

import org.jspecify.annotations.NullMarked;
