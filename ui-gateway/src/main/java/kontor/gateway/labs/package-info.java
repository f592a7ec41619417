/** Labs, and which instances they have. */
@NullMarked
package kontor.gateway.labs;

import org.jspecify.annotations.NullMarked;
