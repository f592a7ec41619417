@NullMarked
package kontor.gateway.filtering;

import org.jspecify.annotations.NullMarked;
