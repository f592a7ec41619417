/** Games that stand still because somebody wants it so, for a while. */
@NullMarked
package kontor.gateway.freezes;

import org.jspecify.annotations.NullMarked;
