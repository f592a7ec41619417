@NullMarked
package kontor.filters.fields;

import org.jspecify.annotations.NullMarked;
