@NullMarked
package kontor.filters.sql;

import org.jspecify.annotations.NullMarked;
