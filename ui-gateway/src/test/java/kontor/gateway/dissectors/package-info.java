@NullMarked
package kontor.gateway.dissectors;

import org.jspecify.annotations.NullMarked;
