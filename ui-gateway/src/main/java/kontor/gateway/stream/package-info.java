/** The live stream: one pull loop per browser. */
@NullMarked
package kontor.gateway.stream;

import org.jspecify.annotations.NullMarked;
